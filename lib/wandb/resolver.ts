import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '#lib/services/context.ts';
import type { ReadLines } from './line-reads.ts';

export interface WandbContext extends Context {
  /** Throws once the request has had its time, so that nothing more is looked up for it. */
  requireTime(): void;
  readLines: ReadLines;
}

/** What a type's field answers. A field without one is the property of that name. */
export type Resolver = (source: never, args: never, ctx: WandbContext, info: GraphQLResolveInfo) => unknown;

/** By type, then by field. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver>>>>;
