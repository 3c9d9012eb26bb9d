import { invalidField } from '#lib/errors.ts';
import type { EntityContext } from '../context.ts';

/** An address that may be saved: as it will be used, and what does not stop saving. */
export type JudgedAddress = { url: string; host: string; warnings: string[] };

/** By the URL and by what its name resolves to now; a name that does not resolve is kept with a warning. */
export async function judgeAddress(ctx: EntityContext, text: string, field: string): Promise<JudgedAddress> {
  const personal = ctx.entity.kind === 'user';
  const verdict = ctx.egress.judgeUrl(text, { personal });
  if (verdict.kind === 'refused') throw invalidField([field], isInstanceAdmin(ctx) ? verdict.adminMessage : verdict.message);
  const url = verdict.url.href;
  const destination = await ctx.egress.judgeDestination(url, { personal });
  if (destination.refused)
    throw invalidField([field], isInstanceAdmin(ctx) ? (destination.adminText ?? destination.text) : destination.text);
  return { url, host: verdict.host, warnings: destination.allowed ? [] : [destination.text] };
}

const isInstanceAdmin = ({ actor }: EntityContext) => 'instanceAdmin' in actor && actor.instanceAdmin;
