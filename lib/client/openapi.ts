import { z } from 'zod';

/** As much of JSON Schema as our own document uses. */
export interface JsonSchema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  additionalProperties?: boolean | JsonSchema;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  $ref?: string;
}

const Schema = z.custom<JsonSchema>((value) => typeof value === 'object' && value !== null);
const Content = z.record(z.string(), z.object({ schema: Schema.optional() }));
const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  security: z.array(z.unknown()).optional(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean(), schema: Schema })),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string().optional(), content: Content.optional() })),
});
const OpenApiDocument = z.object({
  info: z.object({ version: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});

export type ApiOperation = z.infer<typeof Operation> & {
  method: string;
  path: string;
  /** What it is about: "webhooks" for /api/v1/teams/{team}/webhooks/{id}. */
  resource: string;
};
export type ApiReference = { version: string; server: string; operations: ApiOperation[] };

/** The document that the server makes from its own table of routes, as a list of operations. */
export const apiReferenceOf = (document: unknown): ApiReference =>
  toReference(OpenApiDocument.parse(withoutNames(document as { components: { schemas: Record<string, JsonSchema> } })));

function toReference({ info, servers, paths }: z.infer<typeof OpenApiDocument>): ApiReference {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      resource: resourceOf(path),
    })),
  );
  return { version: info.version, server: servers[0]?.url ?? '', operations };
}

const NAMED = '#/components/schemas/';
/** Said in words wherever it stands. */
const ANY_JSON = `${NAMED}Json`;

/** The document with its named shapes where they are used. */
export function withoutNames(document: { components: { schemas: Record<string, JsonSchema> } }): unknown {
  const named = new Map<string, unknown>();
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref } = value as JsonSchema;
    if ($ref?.startsWith(NAMED) && $ref !== ANY_JSON) return shape($ref.slice(NAMED.length));
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, put(inner)]));
  };
  const shape = (name: string) => {
    if (!named.has(name)) {
      named.set(name, { $ref: `${NAMED}${name}` }); // what it is inside itself
      named.set(name, put(document.components.schemas[name]));
    }
    return named.get(name);
  };
  return put(document);
}

/** The first fixed word after the owner's names, or the first word where there is none. */
export function resourceOf(path: string): string {
  const [first = '', ...rest] = path.replace(/^\/api\/(v1\/)?/, '').split('/');
  const inner = rest[0]?.startsWith('{') ? rest.find((word) => !word.startsWith('{')) : undefined;
  return (inner ?? first).replace(/\.\w+$/, '');
}
