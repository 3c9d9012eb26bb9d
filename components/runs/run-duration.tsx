'use client';

import { formatSeconds } from '#components/ui/format-time.ts';
import { useNow } from '#components/ui/use-now.ts';
import type { RunView } from '#lib/contracts/tracking.ts';

/** How long the run took; of one that goes on, how long it has been running, every second anew. */
export function RunDuration({ run: { state, createdAt, durationSeconds } }: { run: RunView }) {
  const running = state === 'running';
  const now = useNow(running ? 1000 : null);
  return (
    <span suppressHydrationWarning className="whitespace-nowrap tabular-nums">
      {formatSeconds(running ? Math.max(0, (now - createdAt) / 1000) : durationSeconds)}
    </span>
  );
}
