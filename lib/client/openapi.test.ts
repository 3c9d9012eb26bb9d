import { expect, test } from 'vitest';
import { resourceOf, withoutNames } from './openapi.ts';

test.each([
  ['/api/v1/teams/{team}/webhooks/{id}/test', 'webhooks'],
  ['/api/v1/teams/{team}/audit.csv', 'audit'],
  ['/api/v1/teams/{team}', 'teams'],
  ['/api/v1/automations/preview', 'automations'],
  ['/api/v1/projects/{entity}/{project}/runs/{run}', 'runs'],
  ['/api/openapi.json', 'openapi'],
])('%s is about %s', (path, resource) => {
  expect(resourceOf(path)).toBe(resource);
});

test('named shapes stand where they are used, and JSON, which holds itself, stays a name', () => {
  const json = { $ref: '#/components/schemas/Json' };
  const use = { type: 'object', properties: { name: { type: 'string' }, value: json } };
  const schemas = {
    Json: { anyOf: [{ type: 'string' }, { type: 'array', items: json }] },
    Use: use,
    Row: { type: 'object', properties: { usedBy: { type: 'array', items: { $ref: '#/components/schemas/Use' } } } },
  };
  const document = { paths: { '/rows': { $ref: '#/components/schemas/Row' } }, components: { schemas } };
  expect(withoutNames(document)).toMatchObject({ paths: { '/rows': { properties: { usedBy: { items: use } } } } });
});
