import type { z } from 'zod';
import { parseInput } from '#lib/domain/parse-input.ts';
import type { Permission } from '#lib/domain/permissions.ts';
import { type Db, inTransaction } from '#lib/store/connect.ts';
import { currentActor, requirePermission } from './access.ts';
import { type Audited, writeAudit } from './audit/write-audit.ts';
import type { Context, EntityContext, Guarded } from './context.ts';

/** A right in a second entity, such as the integration's. */
export type AlsoNeeded = {
  permission: Permission;
  entity: Guarded;
  /** What who lacks it is told, where the caller has been shown the entity's name already. */
  otherwise?: string;
};

type Definition<Input extends z.ZodType, Prepared, Output> = {
  permission: Permission;
  input: Input;
  /** Finds where the change happens; not_found where there is no such thing. Rights are judged by what it answers. */
  entityOf: (ctx: Context, input: z.output<Input>) => Promise<Guarded>;
  /** Rights needed elsewhere besides. */
  also?: (ctx: EntityContext, input: z.output<Input>) => Promise<readonly AlsoNeeded[]>;
  /** Network and slow work: before the transaction, after the first check. */
  prepare?: (ctx: EntityContext, input: z.output<Input>) => Promise<Prepared>;
  /** `auditEntityId`: in whose log it stands, where not the entity's own. */
  run: (
    ctx: EntityContext,
    input: z.output<Input>,
    prepared: Prepared,
  ) => Promise<{ result: Output; audit: Audited; auditEntityId?: number }>;
  /** After the commit: wakes who waits for it. */
  committed?: (ctx: Context, input: z.output<Input>, result: Output) => Promise<void>;
};

/** Every write goes through here, so none can forget permission, parsing, transaction or audit. */
export function command<Input extends z.ZodType, Output, Prepared = undefined>(definition: Definition<Input, Prepared, Output>) {
  return async (ctx: Context, raw: z.input<Input>): Promise<Output> => {
    const input = parseInput(definition.input, raw);
    const allowed = await permit(ctx, definition, input);
    const prepared = (await definition.prepare?.(allowed, input)) as Prepared;
    const done = await inTransaction(ctx.db, async (tx) => {
      // Again inside: a role may be gone meanwhile.
      const inside = await permit(within(ctx, tx), definition, input);
      const { result, audit, auditEntityId } = await definition.run(inside, input, prepared);
      await writeAudit(inside, auditEntityId ?? inside.entity.id, audit);
      return result;
    });
    await definition.committed?.(ctx, input, done);
    return done;
  };
}

type Question<Input extends z.ZodType, Output> = Pick<Definition<Input, never, Output>, 'permission' | 'input' | 'entityOf'> & {
  run: (ctx: EntityContext, input: z.output<Input>) => Promise<Output>;
};

/** The same for reads: no transaction, no audit, the reading connection. */
export function query<Input extends z.ZodType, Output>(definition: Question<Input, Output>) {
  return async (ctx: Context, raw: z.input<Input>): Promise<Output> => {
    const input = parseInput(definition.input, raw);
    return definition.run(await permit(within(ctx, ctx.reader), definition, input), input);
  };
}

async function permit<Input>(
  ctx: Context,
  definition: {
    permission: Permission;
    entityOf: (ctx: Context, input: Input) => Promise<Guarded>;
    also?: (ctx: EntityContext, input: Input) => Promise<readonly AlsoNeeded[]>;
  },
  input: Input,
): Promise<EntityContext> {
  const actor = await currentActor(ctx.db, ctx.actor);
  const entity = await definition.entityOf({ ...ctx, actor }, input);
  const role = await requirePermission(ctx.db, actor, definition.permission, entity);
  const permitted = { ...ctx, actor, entity, role };
  for (const also of (await definition.also?.(permitted, input)) ?? []) {
    await requirePermission(ctx.db, actor, also.permission, also.entity, also.otherwise);
  }
  return permitted;
}

/** The same context with every read and write inside `db`. */
export const within = (ctx: Context, db: Db): Context => ({ ...ctx, db, reader: db });
