import { cn } from './class-names.ts';
import { formatDuration } from './format-time.ts';

export type TimingPhase = 'dns' | 'connect' | 'tls' | 'wait' | 'download';

interface TimingBarProps {
  /** Milliseconds of the phases that took place, in any order. Reused connections have no first three. */
  phases: Partial<Record<TimingPhase, number>>;
  /** The phase in which it failed: the bar ends there, the rest is hatched. */
  failedIn?: TimingPhase;
  hideKey?: boolean;
}

const PHASES: { id: TimingPhase; label: string; color: string }[] = [
  { id: 'dns', label: 'DNS', color: 'bg-phase-dns' },
  { id: 'connect', label: 'Connect', color: 'bg-phase-connect' },
  { id: 'tls', label: 'TLS', color: 'bg-phase-tls' },
  { id: 'wait', label: 'Wait', color: 'bg-phase-wait' },
  { id: 'download', label: 'Download', color: 'bg-phase-download' },
];

const HATCH = 'bg-[repeating-linear-gradient(135deg,var(--border-strong)_0_2px,transparent_2px_6px)] border border-line';

/** Where the time went, from name lookup to the last byte. */
export function TimingBar({ phases, failedIn, hideKey }: TimingBarProps) {
  const end = failedIn ? PHASES.findIndex((phase) => phase.id === failedIn) : PHASES.length - 1;
  const reached = PHASES.slice(0, end + 1).filter((phase) => phases[phase.id] !== undefined);
  const total = reached.reduce((sum, phase) => sum + (phases[phase.id] ?? 0), 0);
  const spoken = reached.map((phase) => `${phase.label} ${formatDuration(phases[phase.id] ?? 0)}`).join(', ');
  const failedLabel = PHASES[end]?.label;
  return (
    <div>
      <div role="img" aria-label={failedIn ? `${spoken || 'Nothing sent'}; failed in ${failedLabel}` : spoken} className="flex h-2 gap-0.5">
        {reached.map((phase) => (
          <span
            key={phase.id}
            className={cn('min-w-[3px] rounded-[2px]', phase.color)}
            style={{ flex: `${Math.max(phases[phase.id] ?? 0, total / 200, 0.01)} 0 0` }}
          />
        ))}
        {failedIn && <span className={cn('min-w-12 rounded-[2px]', HATCH)} style={{ flex: `${Math.max(total * 0.35, 0.01)} 0 0` }} />}
      </div>
      {!hideKey && (
        <dl className="mt-2 grid grid-cols-[repeat(3,auto)] justify-between gap-2 text-meta text-fg-3 sm:grid-cols-[repeat(5,auto)]">
          {PHASES.map((phase, index) => (
            <div key={phase.id}>
              <dt className="flex items-center gap-1.5">
                <span aria-hidden="true" className={cn('size-2 rounded-[2px]', index > end ? HATCH : phase.color)} />
                {phase.label}
              </dt>
              <dd className={cn('tabular-nums', phase.id === failedIn ? 'text-danger-text' : 'text-fg')}>
                {index > end ? 'not reached' : amount(phases[phase.id], phase.id === failedIn)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function amount(ms: number | undefined, failed: boolean): string {
  if (ms === undefined) return failed ? 'failed' : '–';
  return failed ? `failed, ${formatDuration(ms)}` : formatDuration(ms);
}
