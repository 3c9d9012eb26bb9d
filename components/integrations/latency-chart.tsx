import { formatDuration } from '#components/ui/format-time.ts';
import type { TargetHealthView } from '#lib/contracts/target-health.ts';
import { TimeAxis } from './deliveries-chart.tsx';

const LINES = [
  { part: 'p99', color: 'var(--chart-2)', label: '99 % within' },
  { part: 'p95', color: 'var(--chart-1)', label: '95 % within' },
  { part: 'p50', color: 'var(--chart-3)', label: 'Median' },
] as const;
const HEIGHT = 100;

/** How fast answers came, step by step; a gap where there were none. */
export function LatencyChart({
  health,
  at,
  onPoint,
}: {
  health: TargetHealthView;
  at: number | null;
  onPoint: (index: number | null) => void;
}) {
  const { steps } = health;
  const most = Math.max(...steps.map(({ latency }) => latency?.p99 ?? 0));
  const width = steps.length;
  if (most === 0) return <p className="py-3 text-small text-fg-2">No answers in this period.</p>;
  return (
    <figure aria-label="Latency over time">
      <div className="flex gap-2">
        <span
          aria-hidden="true"
          className="flex w-9 flex-none flex-col justify-between text-right text-[11px] whitespace-nowrap text-fg-3 tabular-nums"
        >
          <span>{formatDuration(most)}</span>
          <span>0</span>
        </span>
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${width} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-28 min-w-0 flex-1 border-y border-line"
          onPointerLeave={() => onPoint(null)}
        >
          {at !== null && <rect x={at} y={0} width={1} height={HEIGHT} className="fill-pressed" />}
          {LINES.map(({ part, color }) => (
            <path
              key={part}
              d={pathOf(steps.map(({ latency }) => (latency ? HEIGHT - (latency[part] / most) * (HEIGHT - 2) : null)))}
              fill="none"
              stroke={color}
              strokeWidth={1.5}
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {steps.map((step, index) => (
            <rect key={step.at} x={index} y={0} width={1} height={HEIGHT} fill="transparent" onPointerEnter={() => onPoint(index)} />
          ))}
        </svg>
      </div>
      <TimeAxis health={health} />
      <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 pl-11 text-meta text-fg-2">
        {LINES.toReversed().map(({ part, color, label }) => (
          <span key={part} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className="h-0.5 w-3 rounded-full" style={{ background: color }} />
            {label}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** A level for each step, so that one alone is seen too; joined where the next one follows. */
function pathOf(points: readonly (number | null)[]): string {
  return points
    .map((y, index) => {
      if (y === null) return '';
      const before = index > 0 ? points[index - 1] : null;
      return `${before == null ? `M${index},${y}` : `V${y}`}H${index + 1}`;
    })
    .join('');
}
