import { expect, test } from 'vitest';
import { resourceOf } from './openapi.ts';

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
