import type { MeView } from '#lib/contracts/session.ts';
import { INSTANCE_ENTITY_ID } from '#lib/domain/entity.ts';
import { notFound } from '#lib/errors.ts';
import { listMembershipsOfUser, type Membership } from '#lib/store/memberships.ts';
import { dismissNotice, listOpenNotices } from '#lib/store/notices.ts';
import type { Context } from '../context.ts';

const SHOWN = 20;

/** What an admin should know: paused and disabled integrations of theirs; for instance admins what concerns the instance. */
export async function listMyNotices(ctx: Context, memberships: readonly Membership[]): Promise<MeView['notices']> {
  const notices = await listOpenNotices(ctx.reader, adminEntityIds(ctx, memberships), SHOWN);
  const kept = notices.map(({ id, severity, message, href, at }) => ({ id, severity, text: message, href, at }));
  return [...foreignHostNotice(ctx), ...kept];
}

/** True as long as it happens, so it is kept nowhere and cannot be put away. */
function foreignHostNotice({ actor, foreignHosts, publicUrl, now }: Context): MeView['notices'] {
  const [host] = foreignHosts();
  if (host === undefined || !('instanceAdmin' in actor && actor.instanceAdmin)) return [];
  const text = `Somebody reached this instance as ${host}, but HOOKLINE_PUBLIC_URL is ${publicUrl}: links and sign-in work only there. Set the variable to the address that people use.`;
  return [{ id: 'foreign-host', severity: 'warning', text, href: null, at: now() }];
}

/** Puts a notice away, for all admins of its entity: one of them has seen to it. */
export async function dismissMyNotice(ctx: Context, id: string): Promise<void> {
  const memberships = 'userId' in ctx.actor ? await listMembershipsOfUser(ctx.db, ctx.actor.userId) : [];
  if (!(await dismissNotice(ctx.db, adminEntityIds(ctx, memberships), id, ctx.now()))) throw notFound('The notice');
}

function adminEntityIds({ actor }: Context, memberships: readonly Membership[]): number[] {
  const ids = memberships.filter(({ role }) => role === 'admin').map(({ entity }) => entity.id);
  return 'instanceAdmin' in actor && actor.instanceAdmin ? [...ids, INSTANCE_ENTITY_ID] : ids;
}
