import { expect, test } from 'vitest';
import { z } from 'zod';
import { Moment } from '#lib/contracts/view.ts';
import { openApiDocument } from './openapi.ts';
import { defineRoute } from './route.ts';
import { routes } from './routes/all.ts';

const about = { version: '1.0.0', publicUrl: 'https://hookline.test' };

test('a route becomes an operation with its parameters, body, answer and the error', () => {
  const route = defineRoute({
    method: 'POST',
    path: '/api/v1/teams/{team}/secrets',
    summary: 'Keeps a secret.',
    query: z.object({ dry: z.stringbool().default(false) }),
    body: z.strictObject({ name: z.string() }),
    response: z.object({ name: z.string(), createdAt: Moment }),
    status: 201,
    handle: async ({ body }) => ({ ...body, createdAt: 0 }),
  });
  const document = openApiDocument([route], about) as { paths: Record<string, Record<string, unknown>> };
  expect(document.paths['/api/v1/teams/{team}/secrets']!.post).toMatchObject({
    operationId: 'post_teams_team_secrets',
    tags: ['teams'],
    parameters: [
      { name: 'team', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'dry', in: 'query', required: false },
    ],
    requestBody: { content: { 'application/json': { schema: { type: 'object', required: ['name'], additionalProperties: false } } } },
    responses: {
      201: { content: { 'application/json': { schema: { properties: { createdAt: { $ref: '#/components/schemas/Moment' } } } } } },
      default: { $ref: '#/components/responses/Error' },
    },
  });
});

test('every route of ours can be described, under an operation id of its own', () => {
  const document = openApiDocument(routes, about) as { paths: Record<string, Record<string, { operationId: string }>> };
  const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  expect(new Set(ids).size).toBe(routes.length);
});

test('every shape that the document names has a name of ours', () => {
  const document = openApiDocument(routes, about) as { components: { schemas: object } };
  expect(Object.keys(document.components.schemas).filter((name) => name.startsWith('_'))).toEqual([]);
});

test('every reference in the document leads to something in it', () => {
  const document = openApiDocument(routes, about) as { components: Record<string, Record<string, unknown>> };
  const targets = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target!);
  expect(new Set(targets).size).toBeGreaterThan(50);
  for (const target of targets) {
    const [, components, kind, name] = target.split('/');
    expect([components, document.components[kind!]?.[name!]], target).toEqual(['components', expect.anything()]);
  }
});
