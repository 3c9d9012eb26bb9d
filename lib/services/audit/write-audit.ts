import { insertAuditRow } from '#lib/store/audit.ts';
import type { Audited } from '../command.ts';
import type { Context } from '../context.ts';

/** Into the same transaction as the change itself. */
export async function writeAudit(ctx: Context, entityId: number, audited: Audited): Promise<void> {
  const { actor } = ctx;
  const who = 'userId' in actor ? { actorId: actor.userId, actorName: actor.username } : { actorId: null, actorName: actor.kind };
  for (const draft of 'what' in audited ? [audited] : audited) {
    await insertAuditRow(ctx.db, {
      entityId,
      id: ctx.newId('aud'),
      at: ctx.now(),
      actorKind: actor.kind,
      ...who,
      what: draft.what,
      target: draft.target,
      before: draft.before ?? null,
      after: draft.after ?? null,
      address: ctx.address,
      requestId: ctx.requestId,
    });
  }
}
