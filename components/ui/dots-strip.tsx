import { cn } from './class-names.ts';

/** Shapes as well as colours, so failures stand out without colour. */
export type DotMark = 'finished' | 'failed' | 'retrying' | 'skipped' | 'pending';

interface DotsStripProps {
  /** Oldest first. */
  marks: readonly DotMark[];
  length?: number;
  /** What the strip shows, read out before the counts: "Last 20 executions". */
  label: string;
}

const STEP = 8;

export function DotsStrip({ marks, length = 20, label }: DotsStripProps) {
  const shown = marks.slice(-length);
  const missing = length - shown.length;
  const summary = `${label}: ${summarize(shown)}`;
  return (
    <svg
      className="block max-w-full overflow-visible"
      width={length * STEP}
      height={16}
      viewBox={`0 0 ${length * STEP} 16`}
      role="img"
      aria-label={summary}
    >
      <title>{summary}</title>
      {Array.from({ length }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place in the strip is its identity.
        <Dot key={index} mark={shown[index - missing]} x={index * STEP + STEP / 2} />
      ))}
    </svg>
  );
}

function Dot({ mark, x }: { mark: DotMark | undefined; x: number }) {
  switch (mark) {
    case 'finished':
      return <circle className="fill-success" cx={x} cy={8} r={2.5} />;
    case 'failed':
      return <rect className="fill-danger" x={x - 2} y={1} width={4} height={14} rx={2} />;
    case 'retrying':
      return <rect className="fill-transparent stroke-danger stroke-[1.5]" x={x - 1.25} y={1.75} width={2.5} height={12.5} rx={1.25} />;
    case 'skipped':
      return <circle className="fill-transparent stroke-neutral stroke-[1.25]" cx={x} cy={8} r={2} />;
    case 'pending':
      return <circle className="fill-info-tint stroke-info stroke-[1.5]" cx={x} cy={8} r={2.25} />;
    default:
      return <circle className="fill-line-strong" cx={x} cy={8} r={1} />;
  }
}

const WORD: Record<DotMark, string> = {
  finished: 'finished',
  failed: 'failed',
  retrying: 'waiting to retry',
  skipped: 'skipped',
  pending: 'pending',
};

function summarize(marks: readonly DotMark[]): string {
  const kinds = (Object.keys(WORD) as DotMark[]).map((kind) => ({ kind, count: marks.filter((mark) => mark === kind).length }));
  return (
    kinds
      .filter(({ count }) => count > 0)
      .map(({ kind, count }) => `${count} ${WORD[kind]}`)
      .join(', ') || 'none yet'
  );
}

/** What the shapes mean, for the foot of a list. */
export function DotsKey({
  marks = ['finished', 'failed', 'retrying', 'skipped', 'pending'],
  className,
}: {
  marks?: readonly DotMark[];
  className?: string;
}) {
  return (
    <ul className={cn('flex flex-wrap gap-x-3.5 gap-y-1 text-meta text-fg-3', className)}>
      {marks.map((mark) => (
        <li key={mark} className="inline-flex items-center gap-1.5">
          <svg width={8} height={16} viewBox="0 0 8 16" aria-hidden="true">
            <Dot mark={mark} x={4} />
          </svg>
          {WORD[mark]}
        </li>
      ))}
    </ul>
  );
}
