import type { FiringMarks, RunDetail } from '#lib/contracts/tracking.ts';

/** So many charts are drawn at first, and with each wish for more. */
export const CHARTS_AT_ONCE = 12;

type Metric = RunDetail['metrics'][number];

/** What people logged, or the machine's own values; what something reacted to comes first, then what is watched. */
export function inChartOrder(
  metrics: readonly Metric[],
  system: boolean,
  marks: Pick<FiringMarks, 'items' | 'limits'> | undefined,
): Metric[] {
  const marked = new Set(marks?.items.map(({ metric }) => metric));
  const limited = new Set(marks?.limits.map(({ metric }) => metric));
  const weightOf = ({ name }: Metric) => (marked.has(name) ? 2 : limited.has(name) ? 1 : 0);
  return metrics.filter((metric) => metric.system === system).toSorted((a, b) => weightOf(b) - weightOf(a));
}
