/** A time in which no server ran. */
export type Outage = { from: number; to: number };

/** How much of a span no server ran: that time counts as nobody's silence. Outages may overlap, as two processes may have noted one. */
export function missedMs(outages: readonly Outage[], from: number, to: number): number {
  let missed = 0;
  let reached = from;
  for (const outage of outages.toSorted((a, b) => a.from - b.from)) {
    const start = Math.max(reached, outage.from);
    const end = Math.min(to, outage.to);
    if (end <= start) continue;
    missed += end - start;
    reached = end;
  }
  return missed;
}

/** When a silence that began at `from` has lasted `lengthMs` of the time in which some server ran. */
export function silentAt(outages: readonly Outage[], from: number, lengthMs: number): number {
  let at = from + lengthMs;
  for (let missed = missedMs(outages, from, at); from + lengthMs + missed > at; missed = missedMs(outages, from, at)) {
    at = from + lengthMs + missed;
  }
  return at;
}
