import { readFileSync } from 'node:fs';
import { createFinder } from '../../scripts/test/find-secrets.ts';
import { PAGES } from '../every-page.ts';
import { expect, test } from '../fixtures.ts';
import { ADMIN, e2eInstance } from '../instance.ts';
import type { Scene } from '../scene.ts';
import { crawl } from './crawl.ts';
import { type Place, searchFiles, searchRows } from './places.ts';
import { secretsUsed } from './used.ts';

/** What an address alone does not ask for: a token, a file, a metric, a word; and what is gone once an instance is set up. */
const NOT_BY_ADDRESS = /\/(invites|resets|events)\/\{|\/(download|series|search|suggestions|setup)$/;

const MOST_TOLD = 30;

test.setTimeout(300_000);

// After all tests. The scene's team is looked for as well, and must be found: a search that finds nothing anywhere proves nothing.
test('no secret that the tests used is found in database, files, log, answers, history, exports or pages', async ({
  page,
  scene,
  enter,
}) => {
  const { variables, url, logFile } = e2eInstance();
  const dataDir = variables.HOOKLINE_DATA_DIR;
  const { team: canary } = scene;
  await enter(page, scene.visitor);
  const key = readFileSync(`${dataDir}/master.key`, 'utf8').trim();
  const secrets = [...secretsUsed(), key, ADMIN.password, ADMIN.apiKey];
  expect(secrets.length, 'secrets to look for').toBeGreaterThan(5);
  const search = createFinder([...secrets, canary]);
  const find = (given: string | Uint8Array) => search(given);

  await scene.rest.post('/replays', { since: new Date(Date.now() - 60_000).toISOString() });
  const places: Place[] = [];
  const asked = new Map<string, number>();
  for (const as of [ADMIN.apiKey, scene.visitor.apiKey]) {
    const { answers, templates } = await crawl(as);
    for (const { path, text } of answers) places.push({ name: `answer to GET ${path}`, findings: find(text) });
    for (const [template, fine] of templates) asked.set(template, (asked.get(template) ?? 0) + fine);
  }
  const unasked = [...asked.keys()].filter((template) => asked.get(template) === 0 && !NOT_BY_ADDRESS.test(template));
  expect(unasked, 'addresses of the API from which nothing was read').toEqual([]);
  for (const { name, path } of PAGES) {
    const address = path(scene);
    const answer = await page.request.get(`${url}${address}`);
    expect(answer.status(), name).toBeLessThan(500);
    const findings = find(await answer.text()).filter(({ secret }) => !address.includes(secret)); // a link's page knows its own link
    places.push({ name: `page ${name}`, findings });
  }
  places.push({ name: 'answer of GraphQL', findings: find(await askAsClient(scene)) });
  places.push({ name: 'answer to GET /metrics', findings: find(await (await fetch(`${url}/metrics`)).text()) });
  places.push(...searchRows(dataDir, find), ...searchFiles(dataDir, find));
  places.push({ name: 'log', findings: find(readFileSync(logFile)) });

  const found = (kind: string) =>
    places.some(({ name, findings }) => name.startsWith(kind) && findings.some(({ secret }) => secret === canary));
  for (const kind of ['answer', 'page', 'table', 'file', 'log'])
    expect(found(kind), `the search works: it finds a team’s name in the ${kind}`).toBe(true);
  const leaks = places.flatMap(({ name, findings }) =>
    findings
      .filter(({ secret }) => secret !== canary)
      .map(({ secret, spelling, excerpt }) => `${name}: "${secret}", ${spelling}, in …${excerpt}…`),
  );
  expect(leaks.slice(0, MOST_TOLD), `${leaks.length} places hold a secret`).toEqual([]);
});

/** What the Python client reads of integrations and automations. */
async function askAsClient({ team, project, visitor }: Scene): Promise<string> {
  const response = await fetch(`${e2eInstance().url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${visitor.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: INTEGRATIONS, variables: { team, project } }),
  });
  const text = await response.text();
  expect(JSON.parse(text).errors, text).toBeUndefined();
  return text;
}

const INTEGRATIONS = `query ($team: String!, $project: String!) {
  entity(name: $team) { integrations(first: 100) { edges { node { __typename
    ... on GenericWebhookIntegration { name urlEndpoint }
    ... on SlackIntegration { teamName channelName }
  } } } }
  project(name: $project, entityName: $team) { triggers { name description triggeredAction { __typename
    ... on GenericWebhookTriggeredAction { requestPayload }
    ... on NotificationTriggeredAction { title message }
  } } }
}`;
