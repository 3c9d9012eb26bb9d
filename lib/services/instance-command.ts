import type { z } from 'zod';
import { INSTANCE_ENTITY_ID } from '#lib/domain/entity.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { forbidden, unauthenticated } from '#lib/errors.ts';
import { inTransaction } from '#lib/store/connect.ts';
import { currentActor } from './access.ts';
import { type Audited, writeAudit } from './audit/write-audit.ts';
import { within } from './command.ts';
import type { Context } from './context.ts';

/** Who may, where no entity is concerned. `anyone` is for links that carry their own proof: setup, invites, resets. */
type Allowed = 'anyone' | 'signed_in' | 'instance_admin';

type Definition<Input extends z.ZodType, Prepared, Output> = {
  allow: Allowed;
  input: Input;
  prepare?: (ctx: Context, input: z.output<Input>) => Promise<Prepared>;
  /** `entityId`: in whose audit log it stands; the instance's when absent. */
  run: (ctx: Context, input: z.output<Input>, prepared: Prepared) => Promise<{ result: Output; audit: Audited; entityId?: number }>;
};

/** `command` for what belongs to no entity: accounts, organizations, one's own profile and keys. */
export function instanceCommand<Input extends z.ZodType, Output, Prepared = undefined>(definition: Definition<Input, Prepared, Output>) {
  return async (ctx: Context, raw: z.input<Input>): Promise<Output> => {
    const input = parseInput(definition.input, raw);
    const prepared = (await definition.prepare?.(await admit(ctx, definition.allow), input)) as Prepared;
    return inTransaction(ctx.db, async (tx) => {
      const inside = await admit(within(ctx, tx), definition.allow);
      const { result, audit, entityId } = await definition.run(inside, input, prepared);
      await writeAudit(inside, entityId ?? INSTANCE_ENTITY_ID, audit);
      return result;
    });
  };
}

export function instanceQuery<Input extends z.ZodType, Output>(definition: {
  allow: Allowed;
  input: Input;
  run: (ctx: Context, input: z.output<Input>) => Promise<Output>;
}) {
  return async (ctx: Context, raw: z.input<Input>): Promise<Output> => {
    const input = parseInput(definition.input, raw);
    return definition.run(await admit(within(ctx, ctx.reader), definition.allow), input);
  };
}

/** With prepare or not, the first check comes before any work. */
async function admit(ctx: Context, allow: Allowed): Promise<Context> {
  const actor = await currentActor(ctx.db, ctx.actor);
  if (allow !== 'anyone' && actor.kind === 'anonymous') throw unauthenticated();
  if (allow === 'instance_admin' && actor.kind !== 'system' && !('instanceAdmin' in actor && actor.instanceAdmin)) {
    throw forbidden('Only an admin of this Hookline instance may do this.');
  }
  return { ...ctx, actor };
}
