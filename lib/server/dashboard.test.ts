import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');
const read = (name: string) => readFileSync(join(DOCS, name), 'utf8');

type Panel = { title: string; type: string; targets?: { expr: string }[] };
type Rules = { groups: { rules: { alert: string; expr: string }[] }[] };
const panels = (JSON.parse(read('grafana-dashboard.json')) as { panels: Panel[] }).panels;
const rules = (parse(read('prometheus-alerts.yaml')) as Rules).groups.flatMap((group) => group.rules);
const queries = [
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ of: `the panel "${title}"`, expr }))),
  ...rules.map(({ alert, expr }) => ({ of: `the alert ${alert}`, expr })),
];

let server: TestServer;
/** What /metrics says: every name, a histogram's under each of its suffixes, with the labels of its samples. */
let exposed: Map<string, Set<string>>;

beforeAll(async () => {
  server = await startTestServer();
  const { activity } = server.runtime.platform.engine;
  activity.publish({ kind: 'event_accepted', type: 'run.state' });
  activity.publish({ kind: 'attempt_ended', number: 1, status: 200, cause: null, durationMs: 5, sinceQueuedMs: 9 });
  await fetch(`${server.url}/api/v1/home`);
  exposed = readExposition(await (await fetch(`${server.url}/metrics`)).text());
});
afterAll(() => server.stop());

function readExposition(text: string): Map<string, Set<string>> {
  const metrics = new Map<string, Set<string>>();
  for (const line of text.split('\n')) {
    const [, name, labels = ''] = /^([a-z0-9_]+)(?:\{([^}]*)\})? /.exec(line) ?? [];
    if (name === undefined) continue;
    const known = metrics.get(name) ?? new Set();
    for (const [, label] of labels.matchAll(/(\w+)="/g)) known.add(label!);
    metrics.set(name, known);
  }
  return metrics;
}

/** Every metric that a query names, with the labels that it filters by. */
const namedIn = (expr: string) =>
  [...expr.matchAll(/\b((?:hookline|process|nodejs)_[a-z0-9_]+)(?:\{([^}]*)\})?/g)].map(([, name, filter = '']) => ({
    name: name!,
    labels: [...filter.matchAll(/(\w+)(?:=~?|!=|!~)"/g)].map(([, label]) => label!),
  }));
/** Prometheus adds these to every sample. */
const ADDED = ['job', 'instance'];

test('the dashboard and the alerts are not empty, and every query names a metric', () => {
  expect(panels.filter(({ type }) => type !== 'row').length).toBeGreaterThan(10);
  expect(rules.length).toBeGreaterThan(5);
  for (const { of, expr } of queries) expect([of, namedIn(expr).length > 0 || expr.startsWith('up{')]).toEqual([of, true]);
});

test('every metric that the dashboard or an alert names is one that /metrics exposes, with the labels that are asked for', () => {
  for (const { of, expr } of queries) {
    for (const { name, labels } of namedIn(expr)) {
      expect([of, name, exposed.has(name)]).toEqual([of, name, true]);
      const known = [...exposed.get(name)!, ...ADDED];
      const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list]) => list!.split(/,\s*/));
      for (const label of [...labels, ...grouped]) expect([of, label, known.includes(label)]).toEqual([of, label, true]);
    }
  }
});

test('the page on operating names each of our metrics, and no other', () => {
  const table = [...read('operating.md').matchAll(/^\| `(hookline_\w+)`/gm)].map(([, name]) => name!);
  const ours = [...exposed.keys()].filter((name) => name.startsWith('hookline_')).map((name) => name.replace(/_(bucket|sum|count)$/, ''));
  expect(new Set(table)).toEqual(new Set(ours));
});

test('the page on operating says of every alert what to do', () => {
  const page = read('operating.md');
  for (const { alert } of rules.filter(({ alert }) => alert !== 'HooklineDown')) expect(page).toContain(alert);
});
