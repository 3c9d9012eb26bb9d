import { z } from 'zod';
import { ErrorBody } from '#lib/contracts/view.ts';
import { namedSchemas } from './named-schemas.ts';
import { defineRoute, type Route } from './route.ts';

type JsonSchema = Record<string, unknown>;
type Describe = (schema: z.ZodType) => JsonSchema;

const TAG = /^\/api\/v1\/([^/{]+)/;

/** The reference of the REST API, made from the same table that answers it. */
export function openApiDocument(routes: readonly Route[], { version, publicUrl }: { version: string; publicUrl: string }): JsonSchema {
  const schemas: Record<string, JsonSchema> = {};
  const describe: Describe = (schema) => describeInto(schemas, schema);
  const error = describe(ErrorBody);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) {
    paths[route.path] ??= {};
    paths[route.path]![route.method.toLowerCase()] = operation(route, describe);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Hookline', version, description: 'Everything the dashboard does goes through this API.' },
    servers: [{ url: publicUrl }],
    security: [{ bearer: [] }, { basic: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        basic: { type: 'http', scheme: 'basic', description: 'User name "api", the API key as password.' },
      },
      schemas,
      responses: {
        Error: {
          description: 'A refusal: code, message and request id.',
          content: { 'application/json': { schema: error } },
        },
      },
    },
  };
}

/** `GET /api/openapi.json`, written once: the table does not change while the process runs. */
export function openApiRoute(routes: readonly Route[], about: { version: string; publicUrl: string }): Route {
  let text: string | undefined;
  return defineRoute({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This document.',
    access: 'anyone',
    text: 'application/json; charset=utf-8',
    handle: async () => {
      text ??= JSON.stringify(openApiDocument(routes, about), null, 1);
      return text;
    },
  });
}

function operation(route: Route, describe: Describe): JsonSchema {
  const tag = TAG.exec(route.path)?.[1];
  return {
    operationId: operationId(route),
    summary: route.summary,
    ...(tag ? { tags: [tag] } : {}),
    ...(route.access === 'anyone' ? { security: [] } : {}),
    parameters: [...pathParameters(route), ...parametersFrom(route.query, 'query')],
    ...requestBody(route.bodyForReference ?? route.body, describe),
    responses: { ...success(route, describe), default: { $ref: '#/components/responses/Error' } },
  };
}

function requestBody(schema: z.ZodType | undefined, describe: Describe): JsonSchema {
  if (!schema) return {};
  const required = !schema.safeParse({}).success; // an empty body is read as {}
  return { requestBody: { required, content: { 'application/json': { schema: describe(schema) } } } };
}

function success(route: Route, describe: Describe): JsonSchema {
  if (route.status === 204) return { 204: { description: 'Done.' } };
  if (route.redirect) return { 302: { description: 'The address, in Location; it works for a minute and needs no key.' } };
  const type = route.stream ?? route.text ?? 'application/json';
  const schema = route.response ? describe(route.response) : { type: 'string' };
  return { [route.status ?? 200]: { description: 'Answer.', content: { [type]: { schema } } } };
}

/** Every `{name}` of the path, described by the schema where the route has one. */
function pathParameters(route: Route): JsonSchema[] {
  const described = new Map(parametersFrom(route.params, 'path').map((parameter) => [parameter.name, parameter]));
  return [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...described.get(name),
    name,
    in: 'path',
    required: true,
    schema: described.get(name)?.schema ?? { type: 'string' },
  }));
}

function parametersFrom(schema: z.ZodType | undefined, place: 'path' | 'query'): JsonSchema[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toJsonSchema(schema, z.registry()) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({ name, in: place, required: required.includes(name), schema: property }));
}

/** What travels: the input side of a codec, on the way in and on the way out. */
function toJsonSchema(schema: z.ZodType, metadata: typeof namedSchemas): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline', metadata });
  return rest;
}

/** What has a name of its own goes to the document's components; the rest stands where it is used. */
function describeInto(schemas: Record<string, JsonSchema>, schema: z.ZodType): JsonSchema {
  const text = JSON.stringify(toJsonSchema(schema, namedSchemas)).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs, ...rest } = JSON.parse(text) as JsonSchema & { $defs?: Record<string, JsonSchema> };
  Object.assign(schemas, $defs);
  return rest;
}

/** `POST /api/v1/teams/{team}/secrets` → `post_teams_team_secrets`. */
function operationId({ method, path }: Route): string {
  const words = path.replace('/api/v1/', '').match(/\w+/g) ?? [];
  return [method.toLowerCase(), ...words].join('_');
}
