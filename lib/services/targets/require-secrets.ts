import { isHeaderSafe } from '#lib/delivery/webhook-request.ts';
import { AppError, type Issue, invalidField } from '#lib/errors.ts';
import { listSecrets } from '#lib/store/secrets.ts';
import type { EntityContext } from '../context.ts';
import { openSecrets } from '../delivery/open-target.ts';

/** The secrets that an integration names, each with the field that names it. */
export type NamedSecret = { field: string; name: string; isToken: boolean };

/** Every named secret must be one of this entity; a token must be able to go into a header. */
export async function requireSecrets(ctx: EntityContext, named: readonly NamedSecret[]): Promise<void> {
  const known = new Set((await listSecrets(ctx.db, ctx.entity.id)).map(({ name }) => name));
  const issues: Issue[] = named
    .filter(({ name }) => !known.has(name))
    .map(({ field, name }) => ({ path: [field], message: `There is no secret "${name}" here. Make it first.` }));
  if (issues.length > 0) throw new AppError('invalid', issues[0]!.message, { issues });

  const tokens = named.filter(({ isToken }) => isToken);
  const opened = await openSecrets(
    ctx,
    ctx.entity.id,
    tokens.map(({ name }) => name),
  );
  for (const { field, name } of tokens) requireTokenForm(opened.get(name)!.current, [field]);
}

export function requireTokenForm(value: string, path: string[]): void {
  if (!isHeaderSafe(value)) {
    throw invalidField(path, 'A token must be one line of printable ASCII, without spaces at its ends, because it is sent in a header.');
  }
}
