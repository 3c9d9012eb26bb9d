import type { z } from 'zod';
import type { TimingPhase } from '#components/ui/timing-bar.tsx';
import type { TimingsView } from '#lib/contracts/integrations.ts';

type Timings = z.infer<typeof TimingsView>;

/** An exchange's timings as the bar's phases. */
export function phasesOf(timings: Timings | undefined): Partial<Record<TimingPhase, number>> {
  return {
    dns: timings?.dnsMs,
    connect: timings?.connectMs,
    tls: timings?.tlsMs,
    wait: timings?.firstByteMs,
    download: timings?.downloadMs,
  };
}

/** Where an exchange ended that got no answer. */
export function failedPhaseOf(timings: Timings | undefined, url: string): TimingPhase {
  if (timings?.firstByteMs !== undefined) return 'download';
  if (url.startsWith('https:') && timings?.connectMs !== undefined && timings.tlsMs === undefined) return 'tls';
  if (timings?.connectMs !== undefined) return 'wait';
  return timings?.dnsMs === undefined ? 'dns' : 'connect';
}
