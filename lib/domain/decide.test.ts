import { describe, expect, test } from 'vitest';
import type { Automation } from './automation.ts';
import { decide } from './decide.ts';
import { aMetricEvent, anArtifact, anAutomation, anEvent, aRun, vision } from './examples.testing.ts';
import type { Facts } from './facts.ts';
import { judgeSeries } from './judge-series.ts';
import { compileMetricRule } from './metric-rules.ts';
import { seriesOf } from './metric-values.ts';
import type { MetricValue, TrackedEvent } from './tracked-event.ts';

const HOUR = 3_600_000;
const nowMs = 100 * HOUR;

const skipReason = (automation: Automation, event: TrackedEvent, facts: Partial<Facts> = {}) => {
  const decision = decide(automation, event, { nowMs, ...facts });
  return decision.kind === 'fire' ? 'fires' : decision.because;
};

describe('which events an automation takes', () => {
  const onAlias = anAutomation({ on: 'artifact.alias_added', filter: { alias: '^production$' } });
  const production = anEvent({ type: 'artifact.alias_added', alias: 'production' });

  test('a matching alias fires it', () => expect(skipReason(onAlias, production)).toBe('fires'));
  test('a disabled one does not fire', () => expect(skipReason({ ...onAlias, enabled: false }, production)).toBe('disabled'));
  test('another place is out of scope', () =>
    expect(skipReason(onAlias, { ...production, place: { ...vision, projectId: 11 } })).toBe('out_of_scope'));
  test('another kind of event does not fire it', () =>
    expect(skipReason(onAlias, anEvent({ type: 'artifact.created' }))).toBe('filter_did_not_match'));
  test('an alias event is judged by the alias added, not by those that the version has', () =>
    expect(
      skipReason(onAlias, anEvent({ type: 'artifact.alias_added', alias: 'x', artifact: anArtifact({ aliases: ['production', 'x'] }) })),
    ).toBe('filter_did_not_match'));

  test.each([
    ['team', { kind: 'team', entityId: 1 }, 'fires'],
    ['organization', { kind: 'organization', entityId: 9 }, 'fires'],
    ['another team', { kind: 'team', entityId: 2 }, 'out_of_scope'],
    ['another organization', { kind: 'organization', entityId: 8 }, 'out_of_scope'],
  ] as const)('a scope of %s', (_, scope, result) => expect(skipReason({ ...onAlias, scope }, production)).toBe(result));
});

test('a registry is named as people know it', () => {
  const place = {
    ...vision,
    entityId: 9,
    entity: 'acme-org',
    project: 'wandb-registry-model',
    isRegistry: true,
    collection: 'fraud',
    collectionId: 4,
  };
  const linked = anEvent({ type: 'artifact.linked', place });
  const decision = decide(anAutomation({ on: 'artifact.linked', scope: { kind: 'registry', entityId: 9, projectId: 10 } }), linked, {
    nowMs,
  });
  expect(decision.clauses[1]?.text).toBe('It happened in the registry model/fraud, inside the automation’s scope');
});

describe('artifact conditions', () => {
  const linked = anEvent({ type: 'artifact.linked', artifact: anArtifact({ aliases: ['latest', 'prod-eu'], tags: ['eu', 'gold'] }) });
  test.each([
    [{}, 'fires'],
    [{ alias: 'prod' }, 'fires'],
    [{ alias: '^prod$' }, 'filter_did_not_match'],
    [{ alias: 'prod', tag: '^gold$' }, 'fires'],
    [{ alias: 'prod', tag: '^silver$' }, 'filter_did_not_match'],
    [{ collection: '^detector$' }, 'fires'],
    [{ collection: '^detect$' }, 'filter_did_not_match'],
    [{ query: { $or: [{ $and: [{ alias: { $regex: '^prod' } }] }] } }, 'fires'],
    [{ query: { $or: [{ $and: [{ tag: { $ne: 'gold' } }] }] } }, 'filter_did_not_match'],
  ])('%j on a link: %s', (filter, result) => {
    expect(skipReason(anAutomation({ on: 'artifact.linked', filter }), linked)).toBe(result);
  });
  test('a collection’s tag event is judged by that tag', () => {
    const automation = anAutomation({ on: 'collection.tag_added', filter: { tag: 'gold' } });
    expect(skipReason(automation, anEvent({ type: 'collection.tag_added', tag: 'gold' }))).toBe('fires');
    expect(skipReason(automation, anEvent({ type: 'collection.tag_added', tag: 'silver' }))).toBe('filter_did_not_match');
  });
});

describe('run state', () => {
  const onFailed = anAutomation({ on: 'run.state', filter: { states: ['failed'] } });
  test.each([
    ['failed', 'fires'],
    ['crashed', 'fires'],
    ['killed', 'filter_did_not_match'],
    ['finished', 'filter_did_not_match'],
    ['preempted', 'filter_did_not_match'],
  ] as const)('a run that became %s under "failed": %s', (state, result) => {
    expect(skipReason(onFailed, anEvent({ type: 'run.state', run: aRun({ state }) }))).toBe(result);
  });
  test('killed fires for no choice of states', () => {
    const onAll = anAutomation({ on: 'run.state', filter: { states: ['running', 'finished', 'failed'] } });
    expect(skipReason(onAll, anEvent({ type: 'run.state', run: aRun({ state: 'killed' }) }))).toBe('filter_did_not_match');
  });
  test('the reason names state and filter', () => {
    const decision = decide(onFailed, anEvent({ type: 'run.state', run: aRun({ state: 'finished' }) }), { nowMs });
    expect(decision.clauses.map(({ text }) => text)).toContain('The run became finished, not failed');
  });
});

describe('silent runs and schedules', () => {
  const onSilent = anAutomation({ on: 'run.silent', filter: { silentMinutes: 10 } });
  test.each([
    [10, 'fires'],
    [9, 'filter_did_not_match'],
  ])('%i minutes without data: %s', (silentMinutes, result) =>
    expect(skipReason(onSilent, anEvent({ type: 'run.silent', lastValueAt: null, silentMinutes }))).toBe(result),
  );
  test('a schedule fires for the automation that its summary was made for', () => {
    const onSchedule = anAutomation({ on: 'schedule', filter: { schedule: { cron: '0 9 * * *' } } });
    expect(skipReason(onSchedule, anEvent({ type: 'schedule', automationId: 17, plannedAt: 0, missed: 0 }))).toBe('fires');
    expect(skipReason(onSchedule, anEvent({ type: 'schedule', automationId: 18, plannedAt: 0, missed: 0 }))).toBe('filter_did_not_match');
  });
});

describe('limits', () => {
  const automation = anAutomation({ on: 'run.state', filter: { states: ['failed'] }, cooldownSeconds: 600, maxFiringsPerMinute: 60 });
  const failed = anEvent({ type: 'run.state', run: aRun({ state: 'failed' }) });
  const fine: Partial<Facts> = { slotTakenAt: null, lastFiredAt: null, firingsThisMinute: 0, target: 'ok' };

  test.each([
    [fine, 'fires'],
    [{ ...fine, slotTakenAt: nowMs - 24 * HOUR + 1 }, 'fired_within_24_hours'],
    [{ ...fine, slotTakenAt: nowMs - 24 * HOUR }, 'fires'],
    [{ ...fine, slotTakenAt: nowMs + HOUR }, 'fired_within_24_hours'],
    [{ ...fine, lastFiredAt: nowMs - 599_999 }, 'cooldown'],
    [{ ...fine, lastFiredAt: nowMs - 600_000 }, 'fires'],
    [{ ...fine, firingsThisMinute: 59 }, 'fires'],
    [{ ...fine, firingsThisMinute: 60 }, 'storm_guard'],
    [{ ...fine, target: 'disabled' }, 'target_disabled'],
    [{ ...fine, target: 'gone', lastFiredAt: nowMs }, 'target_gone'],
  ] satisfies [Partial<Facts>, string][])('%j: %s', (facts, result) => expect(skipReason(automation, failed, facts)).toBe(result));

  test('a limit is not the reason while the filter does not match', () => {
    const finished = anEvent({ type: 'run.state', run: aRun({ state: 'finished' }) });
    expect(skipReason(automation, finished, { slotTakenAt: nowMs })).toBe('filter_did_not_match');
  });
  test.each([
    [nowMs - 120_000, 'Fired last 2 min ago, less than the cooldown of 10 min'],
    [nowMs, 'Fired last less than a second ago, less than the cooldown of 10 min'],
  ])('a cooldown says when it last fired', (lastFiredAt, text) => {
    const { clauses } = decide(automation, failed, { nowMs, ...fine, lastFiredAt });
    expect(clauses.find(({ clause }) => clause === 'cooldown')).toMatchObject({ holds: false, text });
  });
  test('artifact events have no slot', () => {
    expect(skipReason(anAutomation({ on: 'artifact.created' }), anEvent({ type: 'artifact.created' }), { slotTakenAt: nowMs })).toBe(
      'fires',
    );
  });
});

describe('metric events', () => {
  function judge(automation: Automation, values: MetricValue[], run = aRun()) {
    const rule = compileMetricRule(automation.on, automation.filter)!;
    const event = aMetricEvent(
      values.map((value, index) => ({ step: index * 100, values: { [rule.metricName]: value } })),
      { run },
    );
    const finding = judgeSeries(rule.open(), rule.metricName, seriesOf(event.lines, 0, rule.metricName), { closest: true });
    return decide(automation, event, { nowMs, metric: finding });
  }
  const words = (decision: ReturnType<typeof judge>) => decision.clauses.map(({ holds, text }) => `${holds ? '✓' : '✗'} ${text}`);
  const below = anAutomation({
    filter: { metric: { name: 'val/loss', aggregate: 'average', window: 5, is: 'below', threshold: 0.3 }, run: { tags: ['baseline'] } },
  });

  test('a firing names step, values and rule', () => {
    const decision = judge(below, [0.4, 0.3, 0.3, 0.3, 0.2, 0.1, 0.1]);
    expect(decision.kind).toBe('fire');
    expect(decision.evidence).toMatchObject({ metric: 'val/loss', step: 500, line: 5, value: 0.1, compared: 0.24 });
    expect(decision.evidence?.windows.current).toEqual([0.3, 0.3, 0.3, 0.2, 0.1]);
    expect(words(decision)).toEqual([
      '✓ Run metrics threshold met',
      '✓ It happened in acme/vision, inside the automation’s scope',
      '✓ The run’s tags include baseline',
      '✓ 5 of 5 values of val/loss, up to step 500',
      '✓ Average of the last 5 val/loss was 0.24, below 0.3',
    ]);
  });
  test('a near miss names the nearest value', () => {
    const decision = judge(below, [0.5, 0.4, 0.3, 0.3, 0.2, 0.9]);
    expect(decision).toMatchObject({ kind: 'skip', because: 'filter_did_not_match' });
    expect(words(decision).at(-1)).toBe('✗ Average of the last 5 val/loss was 0.34, not below 0.3 (the nearest value, at step 400)');
  });
  test('a window that is not full is the reason', () => {
    expect(judge(below, [0.1, 0.1])).toMatchObject({ kind: 'skip', because: 'window_not_full' });
  });
  test('a rule that fires on a run which the filter excludes does not fire', () => {
    const decision = judge(below, [0.1, 0.1, 0.1, 0.1, 0.1], aRun({ tags: ['a100'] }));
    expect(decision).toMatchObject({ kind: 'skip', because: 'filter_did_not_match' });
    expect(words(decision)).toContain('✗ The run’s tags (a100) do not include baseline');
  });
  test('NaN fires where it is looked for', () => {
    const onNan = anAutomation({ filter: { metric: { name: 'loss', is: 'nan_or_infinite' } } });
    expect(words(judge(onNan, [0.1, 'NaN'])).at(-1)).toBe('✓ loss was NaN');
    expect(judge(onNan, [0.1]).kind).toBe('skip');
  });
  test('a skip that nobody reads has no clauses', () => {
    const event = aMetricEvent([]);
    const metric = judgeSeries(compileMetricRule(below.on, below.filter)!.open(), 'val/loss', seriesOf([], 0, 'val/loss'), {
      closest: false,
    });
    expect(decide(below, event, { nowMs, metric, explainSkips: false })).toEqual({
      kind: 'skip',
      because: 'filter_did_not_match',
      clauses: [],
    });
  });
});
