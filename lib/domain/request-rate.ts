/** Requests to one target in the last minute, oldest first, those of one second together under the last of them. */
export type SentLately = readonly { at: number; count: number }[];

const MINUTE_MS = 60_000;

/**
 * What of it still counts; in any 60 seconds, not only in those that a clock marks. Another process's clock may be a little ahead;
 * what lies further in the future was sent before ours was moved back, and would hold everything until then.
 */
export const sentInLastMinute = (sent: SentLately, nowMs: number): SentLately =>
  sent.filter(({ at }) => at > nowMs - MINUTE_MS && at <= nowMs + MINUTE_MS);

/** How many more may go now, and when the next ones may if none may. */
export function rateRoom(sent: SentLately, perMinute: number, nowMs: number): { room: number; freeAt: number } {
  const lately = sentInLastMinute(sent, nowMs);
  let used = lately.reduce((sum, { count }) => sum + count, 0);
  if (used < perMinute) return { room: perMinute - used, freeAt: nowMs };
  let freeAt = nowMs;
  for (const { at, count } of lately) {
    used -= count;
    freeAt = at + MINUTE_MS;
    if (used < perMinute) break;
  }
  return { room: 0, freeAt };
}

/** With `count` that go now; never more than 61 entries, whatever the rate. */
export function withSent(sent: SentLately, count: number, nowMs: number): SentLately {
  const lately = sentInLastMinute(sent, nowMs);
  const last = lately.at(-1);
  const second = (ms: number) => Math.floor(ms / 1000);
  if (!last || second(last.at) < second(nowMs)) return [...lately, { at: nowMs, count }];
  // Another process's clock may be ahead of ours: an entry never moves back.
  return [...lately.slice(0, -1), { at: Math.max(last.at, nowMs), count: last.count + count }];
}
