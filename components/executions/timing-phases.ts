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

const BEFORE_CONNECTING = new Set(['name_not_found', 'dns_failed', 'address_not_allowed']);

/** Where an exchange ended that got no answer; its error's code tells a lookup that failed from one that took its time. */
export function failedPhaseOf(timings: Timings | undefined, url: string, code?: string): TimingPhase {
  if (code !== undefined && BEFORE_CONNECTING.has(code)) return 'dns';
  if (timings?.firstByteMs !== undefined) return 'download';
  if (url.startsWith('https:') && timings?.connectMs !== undefined && timings.tlsMs === undefined) return 'tls';
  if (timings?.connectMs !== undefined) return 'wait';
  return timings?.dnsMs === undefined ? 'dns' : 'connect';
}
