import { minuteWords, summaryWords } from './event-words.ts';
import { durationWords, numberWords } from './rule-words.ts';
import type { ScheduleSummary } from './tracked-event.ts';

const ROWS = 20;
const METRICS = 3;
const WIDEST_CELL = 24;
const GAP = '  ';

type Row = ScheduleSummary['runs'][number];

/** "4 runs from 2026-11-20 09:00 to 2026-11-21 09:00 UTC: 3 finished, 1 failed." */
export function scheduleText({ from, to, total, states }: ScheduleSummary): string {
  const counted = Object.entries(states).toSorted(([, a], [, b]) => b - a);
  const byState = counted.map(([state, count]) => `${numberWords(count)} ${state}`).join(', ');
  const runs = total === 0 ? 'No runs' : summaryWords({ total, states: {} });
  return `${runs} from ${minuteWords(from)} to ${minuteWords(to)} UTC${byState ? `: ${byState}` : ''}.`;
}

/**
 * The newest runs of a period in columns of equal width, for where text is shown as it is (a code block in Slack): name, user,
 * state, duration and the metrics that most of them have.
 */
export function scheduleTable({ runs, total }: ScheduleSummary): string {
  if (runs.length === 0) return 'No runs.';
  const shown = runs.slice(0, ROWS);
  const metrics = commonMetrics(shown);
  const head = ['Run', 'User', 'State', 'Duration', ...metrics];
  const cells = shown.map((run) => [
    run.name,
    run.user ?? '',
    run.state,
    durationWords(run.durationSeconds),
    ...metrics.map((name) => (typeof run.summary[name] === 'number' ? numberWords(run.summary[name], 4) : '')),
  ]);
  const lines = inColumns([head, ...cells].map((line) => line.map(cell)));
  return [...lines, ...(total > ROWS ? [`and ${numberWords(total - ROWS)} more`] : [])].join('\n');
}

/** Numbers of the runs' summaries, those that most runs have first. The client's own begin with an underscore. */
function commonMetrics(runs: readonly Row[]): string[] {
  const counts = new Map<string, number>();
  for (const { summary } of runs) {
    for (const [name, value] of Object.entries(summary))
      if (typeof value === 'number' && !name.startsWith('_')) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([a, some], [b, others]) => others - some || (a < b ? -1 : 1))
    .slice(0, METRICS)
    .map(([name]) => name);
}

/** On one line, no wider than a column may be, and without what would end a code block. */
function cell(text: string): string {
  const points = [
    ...text
      .replaceAll(/[\s\p{C}]+/gu, ' ')
      .replaceAll('`', "'")
      .trim(),
  ];
  return points.length > WIDEST_CELL ? `${points.slice(0, WIDEST_CELL - 1).join('')}…` : points.join('');
}

function inColumns(lines: readonly string[][]): string[] {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]!))));
  return lines.map((line) =>
    line
      .map((text, column) => text + ' '.repeat(widths[column]! - widthOf(text)))
      .join(GAP)
      .trimEnd(),
  );
}

const widthOf = (text: string) => [...text].length;
