'use client';

import { cn } from './class-names.ts';
import { useCopy } from './copy-button.tsx';
import { formatCountdown, formatExact, formatRelative } from './format-time.ts';
import { Tooltip } from './tooltip.tsx';
import { useNow } from './use-now.ts';

interface RelativeTimeProps {
  /** Epoch milliseconds. */
  at: number;
  /** Becomes a button that copies the exact time as ISO 8601. */
  copyable?: boolean;
  className?: string;
}

const MINUTE_MS = 60_000;

/** "4 min ago", the exact time on hover. Server and browser may differ by a tick, which React is told to accept. */
export function RelativeTime({ at, copyable, className }: RelativeTimeProps) {
  const age = Math.abs(Date.now() - at);
  const now = useNow(age < MINUTE_MS ? 1000 : age < 24 * 60 * MINUTE_MS ? 15_000 : null);
  const iso = new Date(at).toISOString();
  const { copied, copy } = useCopy(iso);
  const text = (
    <time dateTime={iso} suppressHydrationWarning className={cn('whitespace-nowrap', className)}>
      {formatRelative(at, now)}
    </time>
  );
  return (
    <Tooltip
      content={<ExactTime at={at} />}
      detail={copyable ? (copied ? 'Copied' : 'Click to copy') : undefined}
      open={copied || undefined}
    >
      {copyable ? (
        <button type="button" onClick={copy} className="rounded-xs">
          {text}
        </button>
      ) : (
        text
      )}
    </Tooltip>
  );
}

/** Its own component, so dates are formatted only for the one tooltip that is open. */
function ExactTime({ at }: { at: number }) {
  return <span className="tabular-nums">{formatExact(at)}</span>;
}

/** Counts down to `at`: "14:07". */
export function Countdown({ at, className }: { at: number; className?: string }) {
  const now = useNow(1000);
  return (
    <span role="timer" suppressHydrationWarning className={cn('whitespace-nowrap tabular-nums', className)}>
      {formatCountdown(at - now)}
    </span>
  );
}
