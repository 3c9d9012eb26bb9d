'use client';

import { CircleCheck, CirclePause, PowerOff, Radar, TriangleAlert } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { formatDuration, formatExact } from '#components/ui/format-time.ts';
import { KeyValue } from '#components/ui/key-value.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Countdown, RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { useNow } from '#components/ui/use-now.ts';
import type { TargetHealthView } from '#lib/contracts/target-health.ts';
import { DISABLE_AFTER_MS } from '#lib/domain/breaker.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

type Breaker = TargetHealthView['breaker'];

const LOOK = {
  well: { word: 'Well', tone: 'success', icon: <CircleCheck /> },
  failing: { word: 'Failing', tone: 'warning', icon: <TriangleAlert /> },
  paused: { word: 'Paused', tone: 'warning', icon: <CirclePause /> },
  probing: { word: 'Probing', tone: 'info', icon: <Radar /> },
  disabled: { word: 'Disabled', tone: 'danger', icon: <PowerOff /> },
} as const;

const TEXT = {
  well: 'Deliveries go out as they come.',
  failing: 'Its last delivery failed. After ten failures in a row over a minute it is paused.',
  paused: 'It failed steadily: executions wait without using up tries, and one probe at a time shows when it is back.',
  probing: 'One execution is on its way to see whether it is back; the others wait.',
  disabled: 'Nothing is sent. New firings are skipped; enable it once it works, then replay what failed.',
} as const;

export function StateBadge({ state, size }: { state: Breaker['state']; size?: 'md' | 'lg' }) {
  const { word, tone, icon } = LOOK[state];
  return (
    <Badge tone={tone} icon={icon} size={size}>
      {word}
    </Badge>
  );
}

/** The circuit breaker: what it does now, until when, and how far it is to being disabled. */
export function BreakerPanel({ breaker, disabledReason }: { breaker: Breaker; disabledReason: string | null }) {
  const { state, waiting, failingSince, nextProbeAt, lastFailure } = breaker;
  return (
    <Panel title="Circuit breaker" end={<StateBadge state={state} />}>
      <p className="text-small">{TEXT[state]}</p>
      {state === 'disabled' && disabledReason && <p className="mt-1 text-small text-danger-text">{disabledReason}</p>}
      {state !== 'disabled' && lastFailure && <LastFailure failure={lastFailure} />}
      <KeyValue
        className="mt-3"
        items={[
          { key: 'Waiting', value: waiting.more ? `${waiting.count.toLocaleString('en')}+` : waiting.count.toLocaleString('en') },
          ...(failingSince === null ? [] : [{ key: 'Failing since', value: <RelativeTime at={failingSince} copyable /> }]),
          ...(nextProbeAt === null ? [] : [{ key: 'Next probe', value: <NextProbe at={nextProbeAt} /> }]),
        ]}
      />
      {breaker.disablesAt !== null && <WayToDisabled breaker={breaker} disablesAt={breaker.disablesAt} />}
    </Panel>
  );
}

function LastFailure({ failure: { message, hint, execution } }: { failure: NonNullable<Breaker['lastFailure']> }) {
  return (
    <p className="mt-2 text-small text-fg-2">
      <span className="text-danger-text">{message}</span> {hint} <TextLink href={pagePaths.execution(execution)}>See it</TextLink>
    </p>
  );
}

function NextProbe({ at }: { at: number }) {
  const now = useNow(1000);
  return <span suppressHydrationWarning>{at <= now ? 'as soon as something is due' : <Countdown at={at} />}</span>;
}

/** Five days as a line: how much of them has passed, where admins are warned, and the end. */
function WayToDisabled({ breaker: { warnings, failingSince }, disablesAt }: { breaker: Breaker; disablesAt: number }) {
  const now = useNow(60_000);
  const passed = Math.min(1, (now - failingSince!) / DISABLE_AFTER_MS);
  const next = warnings.find(({ given }) => !given);
  return (
    <div className="mt-4 border-t border-line pt-3">
      <p className="flex items-baseline justify-between gap-3 text-small" suppressHydrationWarning>
        <span className="font-medium">
          {disablesAt > now ? `Disabled in ${formatDuration(disablesAt - now)}` : 'Disabled at the next failure'}
        </span>
        <span className="text-meta text-fg-3">unless a delivery succeeds</span>
      </p>
      <div
        role="progressbar"
        aria-label="Of the five days after which it is disabled"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(passed * 100)}
        className="relative mt-2 h-1.5 rounded-full bg-neutral-tint"
        suppressHydrationWarning
      >
        <span
          className="absolute inset-y-0 left-0 rounded-full bg-warning"
          style={{ width: `${passed * 100}%` }}
          suppressHydrationWarning
        />
        {warnings.map(({ part }) => (
          <span key={part} className="absolute top-[-3px] h-3 w-px bg-line-control" style={{ left: `${part * 100}%` }} />
        ))}
      </div>
      <ul className="mt-2 grid gap-0.5 text-meta text-fg-2">
        {warnings.map(({ part, at, given }) => (
          <li key={part} className="flex justify-between gap-3 tabular-nums" suppressHydrationWarning>
            <span>Warning at {Math.round(part * 100)} %</span>
            <span className={given ? 'text-warning-text' : 'text-fg-3'} suppressHydrationWarning>
              {given ? 'given' : at === next?.at ? `in ${formatDuration(Math.max(0, at - now))}` : shortDate(at)}
            </span>
          </li>
        ))}
        <li className="flex justify-between gap-3 tabular-nums">
          <span>Disabled</span>
          <span className="text-fg-3" suppressHydrationWarning title={formatExact(disablesAt)}>
            {shortDate(disablesAt)}
          </span>
        </li>
      </ul>
    </div>
  );
}

const shortDate = (at: number) =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(at);
