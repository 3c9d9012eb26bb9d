import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, GraphQLError, type GraphQLSchema, isObjectType, isScalarType } from 'graphql';
import type { Resolver, Resolvers, WandbContext } from './resolver.ts';
import { resolvers } from './resolvers/all.ts';

const FOLDER = join(import.meta.dirname, 'schema');

/** The schema out of schema/*.graphql, with the resolvers in their places. */
export function createSchema(): GraphQLSchema {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.graphql'));
  const schema = buildSchema(
    files
      .sort()
      .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
      .join('\n'),
  );
  for (const part of resolvers) attach(schema, part);
  readJsonAsText(schema);
  return schema;
}

function attach(schema: GraphQLSchema, part: Resolvers): void {
  for (const [typeName, fields] of Object.entries(part)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`Resolvers are given for ${typeName}, which no schema file names.`);
    for (const [name, resolver] of Object.entries(fields)) {
      const field = type.getFields()[name];
      if (!field) throw new Error(`A resolver is given for ${typeName}.${name}, which no schema file names.`);
      if (field.resolve) throw new Error(`Two resolvers are given for ${typeName}.${name}.`);
      field.resolve = inTime(resolver);
    }
  }
}

const inTime =
  (resolver: Resolver) =>
  (source: unknown, args: unknown, ctx: WandbContext, info: Parameters<Resolver>[3]): unknown => {
    ctx.requireTime();
    return resolver(source as never, args as never, ctx, info);
  };

/** A JSONString is text that holds JSON, in both directions. */
function readJsonAsText(schema: GraphQLSchema): void {
  const type = schema.getType('JSONString');
  if (!isScalarType(type)) throw new Error('No schema file names the scalar JSONString.');
  type.parseValue = (value) => {
    if (typeof value !== 'string') throw new GraphQLError('A JSONString is a text that holds JSON.');
    return value;
  };
}
