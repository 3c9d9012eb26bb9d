import type { TargetHealthView } from '#lib/contracts/target-health.ts';
import { FAILURE_CAUSES, type FailureCause } from '#lib/domain/failure-causes.ts';
import { attemptsIn, stepTime, stepWords } from './health-words.ts';

/** Delivered below, failures above it by cause; the table beside it says the same to who does not see it. */
export function DeliveriesChart({
  health,
  at,
  onPoint,
}: {
  health: TargetHealthView;
  at: number | null;
  onPoint: (index: number | null) => void;
}) {
  const most = Math.max(1, ...health.steps.map(attemptsIn));
  const colors = colorsOf(health.causes.map(({ cause }) => cause));
  return (
    <figure>
      <div className="flex gap-2">
        <span aria-hidden="true" className="flex w-9 flex-none flex-col justify-between text-right text-[11px] text-fg-3 tabular-nums">
          <span>{most.toLocaleString('en')}</span>
          <span>0</span>
        </span>
        <div
          aria-hidden="true"
          className="flex h-36 min-w-0 flex-1 items-stretch gap-px border-y border-line"
          onPointerLeave={() => onPoint(null)}
        >
          {health.steps.map((step, index) => (
            <div
              key={step.at}
              onPointerEnter={() => onPoint(index)}
              className={`flex min-w-0 flex-1 flex-col-reverse ${index === at ? 'bg-pressed' : ''}`}
            >
              <Part count={step.delivered} most={most} color="var(--success)" />
              {step.failed.map(({ cause, count }) => (
                <Part key={cause} count={count} most={most} color={colors.get(cause)!} />
              ))}
            </div>
          ))}
        </div>
      </div>
      <TimeAxis health={health} />
      <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 pl-11 text-meta text-fg-2">
        <Key color="var(--success)" label="Delivered" />
        {health.causes.map(({ cause }) => (
          <Key key={cause} color={colors.get(cause)!} label={FAILURE_CAUSES[cause].label} />
        ))}
      </figcaption>
      {/* A table of its own keeps its width, hidden or not. */}
      <div className="sr-only">
        <StepTable health={health} />
      </div>
    </figure>
  );
}

/** One that happened is seen, however small its share. */
function Part({ count, most, color }: { count: number; most: number; color: string }) {
  if (count === 0) return null;
  return <span style={{ height: `${(count / most) * 100}%`, minHeight: 2, background: color }} />;
}

const PALETTE = [
  'var(--danger)',
  'var(--chart-2)',
  'var(--chart-4)',
  'var(--chart-5)',
  'var(--chart-1)',
  'var(--chart-6)',
  'var(--chart-muted)',
];

/** By how often each occurs, so that what matters has the strongest colour. */
const colorsOf = (causes: readonly FailureCause[]) =>
  new Map(causes.map((cause, index) => [cause, PALETTE[Math.min(index, PALETTE.length - 1)]!]));

function Key({ color, label }: { color: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className="size-2.5 rounded-[2px]" style={{ background: color }} />
      {label}
    </span>
  );
}

/** The beginning, the middle and the end. */
export function TimeAxis({ health: { steps, stepSeconds } }: { health: TargetHealthView }) {
  const shown = [steps[0], steps[Math.floor(steps.length / 2)], steps.at(-1)].filter((step) => step !== undefined);
  return (
    <div aria-hidden="true" className="mt-1 flex justify-between pl-11 text-[11px] text-fg-3 tabular-nums" suppressHydrationWarning>
      {shown.map(({ at }) => (
        <span key={at}>{stepTime(at, stepSeconds)}</span>
      ))}
    </div>
  );
}

function StepTable({ health: { steps, stepSeconds } }: { health: TargetHealthView }) {
  return (
    <table>
      <caption>Attempts over time</caption>
      <tbody>
        {steps
          .filter((step) => attemptsIn(step) > 0)
          .map((step) => (
            <tr key={step.at}>
              <th scope="row">{stepTime(step.at, stepSeconds)}</th>
              <td>{stepWords(step)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
