import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { aMetricEvent, anAutomation } from './examples.testing.ts';
import { judgeSeries } from './judge-series.ts';
import { compileMetricRule } from './metric-rules.ts';
import { seriesOf } from './metric-values.ts';
import { type KnownOfAutomation, reachVerdict } from './verdict.ts';

const onLoss = anAutomation({ filter: { metric: { name: 'val/loss', aggregate: 'none', window: 1, is: 'below', threshold: 0.3 } } });
const onAlias = anAutomation({ on: 'artifact.alias_added', filter: { alias: '^production$' } });

const verdictOf = (known: Partial<KnownOfAutomation>) =>
  reachVerdict({
    automation: onLoss,
    place: 'acme/vision',
    blockedBy: null,
    armedAt: 100,
    lastFiredAt: null,
    skipped: null,
    nextAt: null,
    misses: [],
    newestEventAt: 200,
    metrics: ['val/loss'],
    ...known,
  });

function aMiss(subject: string, loss: number, at = 150) {
  const event = aMetricEvent([{ step: 0, values: { 'val/loss': loss } }]);
  const metric = judgeSeries(compileMetricRule(onLoss.on, onLoss.filter)!.open(), 'val/loss', seriesOf(event.lines, 0, 'val/loss'), {
    closest: true,
  });
  return { subject, at, decision: decide(onLoss, event, { nowMs: 0, metric, explainSkips: true }) };
}

test.each<[string, Partial<KnownOfAutomation>, { kind: string; at: number | null }, RegExp]>([
  [
    'disabled, whatever else',
    { automation: { ...onLoss, enabled: false }, lastFiredAt: 5 },
    { kind: 'disabled', at: null },
    /switched off/,
  ],
  ['kept from firing', { blockedBy: 'Its webhook was deleted.' }, { kind: 'blocked', at: null }, /^Its webhook was deleted\.$/],
  ['fired', { lastFiredAt: 180, skipped: { at: 170, reason: 'x' } }, { kind: 'fired', at: 180 }, /has fired/],
  [
    'skipped after it fired',
    { lastFiredAt: 160, skipped: { at: 170, reason: 'cooling down' } },
    { kind: 'skipped', at: 170 },
    /skipped: cooling down$/,
  ],
  ['a schedule', { nextAt: 900, automation: anAutomation({ on: 'schedule', filter: {} }) }, { kind: 'scheduled', at: 900 }, /next time/],
  [
    'a metric that nothing logs',
    { metrics: ['acc'] },
    { kind: 'not_logged', at: null },
    /^No run in acme\/vision has logged “val\/loss” yet\.$/,
  ],
  [
    'a metric by a slip',
    { metrics: ['val_loss', 'Val-Loss', 'acc'] },
    { kind: 'not_logged', at: null },
    /“val_loss” and “Val-Loss”: was that meant\?$/,
  ],
  [
    'no event',
    { automation: onAlias, newestEventAt: null },
    { kind: 'no_event', at: null },
    /^“An artifact alias is added” has not happened in acme\/vision/,
  ],
  ['only events from before', { automation: onAlias, newestEventAt: 90 }, { kind: 'before_it_listened', at: 90 }, /does not count/],
  ['values from before', { newestEventAt: 90 }, { kind: 'before_it_listened', at: 90 }, /^“val\/loss” has not been logged/],
  [
    'silence',
    { automation: anAutomation({ on: 'run.silent', filter: { silentMinutes: 10 } }), newestEventAt: null },
    { kind: 'waiting', at: 100 },
    /silent for 10 min/,
  ],
  ['nothing known yet', {}, { kind: 'waiting', at: null }, /listens/],
])('%s', (_, known, { kind, at }, text) => {
  const verdict = verdictOf(known);
  expect(verdict).toMatchObject({ kind, at });
  expect(verdict.text).toMatch(text);
});

test('a machine’s metric may be named without its prefix', () => {
  const { kind } = verdictOf({
    automation: anAutomation({ filter: { metric: { ...onLoss.filter.metric!, name: 'cpu' } } }),
    metrics: ['system.cpu'],
  });
  expect(kind).toBe('waiting');
});

test('what came near is counted by run, with the nearest value', () => {
  const misses = [aMiss('b', 0.5), aMiss('a', 0.34), aMiss('a', 0.9)];
  expect(verdictOf({ misses })).toMatchObject({
    kind: 'came_near',
    at: 150,
    text: 'None of the last 2 runs that it judged met its conditions.',
    shares: [{ reason: 'short of the condition', count: 2, nearest: { subject: 'a', text: expect.stringContaining('0.34') } }],
  });
  expect(verdictOf({ misses: [aMiss('a', 0.5)] }).text).toBe('The one run that it judged lately did not meet its conditions.');
});

test('what was judged before a change is told to be of before', () => {
  expect(verdictOf({ automation: { ...onLoss, updatedAt: 151 }, misses: [aMiss('a', 0.5)] }).text).toContain('It was changed since');
});
