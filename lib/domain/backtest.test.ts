import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Automation } from './automation.ts';
import { Backtest, type BacktestRun } from './backtest.ts';
import { decide } from './decide.ts';
import { aMetricEvent, anAutomation, anEvent, aRun } from './examples.testing.ts';
import { judgeSeries } from './judge-series.ts';
import { slotKey } from './limits.ts';
import { compileMetricRule, openWindow } from './metric-rules.ts';
import { seriesOf } from './metric-values.ts';
import type { EventOf } from './tracked-event.ts';

const HOUR = 3_600_000;
type Batch = { run: string; values: number[]; afterMs: number };

/** Batches of several runs as a server would have taken them, one after the other. */
function eventsOf(batches: readonly Batch[]): EventOf<'run.metrics'>[] {
  const lines = new Map<string, number>();
  let nowMs = 1_000_000;
  return batches.map(({ run, values, afterMs }) => {
    nowMs += afterMs;
    const firstLine = lines.get(run) ?? 0;
    lines.set(run, firstLine + values.length);
    return aMetricEvent(
      values.map((loss, index) => ({ step: firstLine + index, values: { loss } })),
      { run: aRun({ runId: run }), firstLine, receivedAt: nowMs },
    );
  });
}

/** Live ingest, spelled out: windows rebuilt from what is stored at every batch, limits from the firings so far. */
function firingsLive(automation: Automation, events: readonly EventOf<'run.metrics'>[]): string[] {
  const rule = compileMetricRule(automation.on, automation.filter)!;
  const stored = new Map<string, number[]>();
  const firings: { slot: string; at: number; line: string }[] = [];
  for (const event of events) {
    const earlier = stored.get(event.run.runId) ?? [];
    const series = seriesOf(event.lines, event.firstLine, 'loss');
    const metric = judgeSeries(openWindow(rule, rule.history > 0 ? earlier.slice(-rule.history) : []), 'loss', series, { closest: false });
    stored.set(event.run.runId, [...earlier, ...Array.from(series.values)]);
    const nowMs = event.receivedAt;
    const slot = slotKey(event)!;
    const decision = decide(automation, event, {
      nowMs,
      metric,
      slotTakenAt: firings.findLast((firing) => firing.slot === slot)?.at ?? null,
      lastFiredAt: firings.at(-1)?.at ?? null,
      firingsThisMinute: firings.filter((firing) => Math.floor(firing.at / 60_000) === Math.floor(nowMs / 60_000)).length,
    });
    if (decision.kind === 'fire') firings.push({ slot, at: nowMs, line: `${event.run.runId}:${decision.evidence!.line}` });
  }
  return firings.map((firing) => firing.line);
}

function feed(backtest: Backtest, runs: Map<string, BacktestRun>, event: EventOf<'run.metrics'>) {
  const { runId } = event.run;
  if (!runs.has(runId)) runs.set(runId, backtest.openRun(event, 'loss', []));
  return backtest.feedValues(runs.get(runId)!, seriesOf(event.lines, event.firstLine, 'loss'), event.receivedAt);
}

const batches = fc.array(
  fc.record({
    run: fc.constantFrom('r1', 'r2', 'r3'),
    values: fc.array(
      fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
      { maxLength: 6 },
    ),
    afterMs: fc.constantFrom(0, 1000, 30_000, HOUR, 12 * HOUR, 25 * HOUR),
  }),
  { maxLength: 40 },
);
const automations = fc
  .record({
    aggregate: fc.constantFrom('none' as const, 'average' as const, 'max' as const),
    window: fc.integer({ min: 1, max: 5 }),
    cooldownSeconds: fc.constantFrom(0, 60, 7200),
    maxFiringsPerMinute: fc.constantFrom(1, 2, 60),
  })
  .map(({ aggregate, window, ...limits }) =>
    anAutomation({ filter: { metric: { name: 'loss', aggregate, window, is: 'below', threshold: 0.4 } }, ...limits }),
  );

test('a backtest fires where live ingest did, with the same limits', () => {
  fc.assert(
    fc.property(automations, batches, (automation, batches) => {
      const events = eventsOf(batches);
      const backtest = new Backtest(automation);
      const runs = new Map<string, BacktestRun>();
      const fired = events.flatMap((event) => {
        const decision = feed(backtest, runs, event);
        return decision.kind === 'fire' ? [`${event.run.runId}:${decision.evidence!.line}`] : [];
      });
      expect(fired).toEqual(firingsLive(automation, events));
      expect(backtest.totals.fired).toBe(fired.length);
    }),
    { numRuns: 500 },
  );
});

test('no run fires twice within 24 hours', () => {
  const backtest = new Backtest(anAutomation({ filter: { metric: { name: 'loss', is: 'below', threshold: 1 } } }));
  const events = eventsOf(Array.from({ length: 49 }, () => ({ run: 'r1', values: [0.5], afterMs: HOUR })));
  const runs = new Map<string, BacktestRun>();
  const fired = events.filter((event) => feed(backtest, runs, event).kind === 'fire');
  expect(fired.map((event) => (event.receivedAt - events[0]!.receivedAt) / HOUR)).toEqual([0, 24, 48]);
  expect(backtest.totals.skipped).toEqual({ fired_within_24_hours: 46 });
});

test('values from before the period fill the windows', () => {
  const backtest = new Backtest(
    anAutomation({ filter: { metric: { name: 'loss', aggregate: 'average', window: 3, is: 'below', threshold: 1 } } }),
  );
  const [event] = eventsOf([{ run: 'r1', values: [0.5], afterMs: 0 }]);
  const run = backtest.openRun(event!, 'loss', [0.1, 0.1]);
  expect(backtest.feedValues(run, seriesOf(event!.lines, 0, 'loss'), event!.receivedAt).kind).toBe('fire');
});

test('a disabled automation is tested as if it were enabled, and other events need no values', () => {
  const backtest = new Backtest(anAutomation({ enabled: false, on: 'artifact.alias_added', filter: { alias: 'prod' } }), {
    explainSkips: true,
  });
  expect(backtest.feedEvent(anEvent({ type: 'artifact.alias_added', alias: 'prod' })).kind).toBe('fire');
  const skip = backtest.feedEvent(anEvent({ type: 'artifact.alias_added', alias: 'test' }));
  expect(skip.clauses.at(-1)?.text).toBe('The alias "test" does not match prod');
});
