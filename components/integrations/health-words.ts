import { formatDuration } from '#components/ui/format-time.ts';
import type { TargetHealthView } from '#lib/contracts/target-health.ts';
import { FAILURE_CAUSES } from '#lib/domain/failure-causes.ts';

export type HealthStep = TargetHealthView['steps'][number];

/** "99.4 %": a rate just under the whole never reads as the whole. */
export function percentText(rate: number): string {
  if (rate === 1 || rate === 0) return `${rate * 100} %`;
  const percent = Math.min(99.9, Math.max(0.1, rate * 100));
  return `${percent.toFixed(1)} %`;
}

/** "24 Nov, 14:30": the beginning of a step, to what a step is. */
export function stepTime(at: number, stepSeconds: number): string {
  const date: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat('en-GB', stepSeconds >= 86_400 ? date : { ...date, ...time }).format(at);
}

const failedIn = ({ failed }: HealthStep) => failed.reduce((sum, { count }) => sum + count, 0);
export const attemptsIn = (step: HealthStep) => step.delivered + failedIn(step);

/** "120 delivered, 3 failed: 2 timed out, 1 answered 5xx". */
export function stepWords(step: HealthStep): string {
  const failed = failedIn(step);
  if (attemptsIn(step) === 0) return 'nothing sent';
  const causes = step.failed
    .map(({ cause, count }) => `${count.toLocaleString('en')} ${lowerFirst(FAILURE_CAUSES[cause].label)}`)
    .join(', ');
  const latency = step.latency ? `; median ${formatDuration(step.latency.p50)}, 95 % within ${formatDuration(step.latency.p95)}` : '';
  return `${step.delivered.toLocaleString('en')} delivered${failed > 0 ? `, ${failed.toLocaleString('en')} failed: ${causes}` : ''}${latency}`;
}

/** "TLS failed" stays as it is. */
const lowerFirst = (text: string) => (/^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);
