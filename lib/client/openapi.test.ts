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

test('a named shape that holds itself stays a name inside itself', () => {
  const tree = { $ref: '#/components/schemas/Tree' };
  const schemas = { Tree: { type: 'object', properties: { children: { type: 'array', items: tree } } } };
  const read = withoutNames({ paths: { '/trees': tree }, components: { schemas } } as Parameters<typeof withoutNames>[0]);
  expect(read).toMatchObject({ paths: { '/trees': schemas.Tree } });
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
