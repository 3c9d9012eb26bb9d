import type { JsonValue } from '#lib/domain/json.ts';
import { insertAuditRow } from '#lib/store/audit.ts';
import type { Context } from '../context.ts';

/** What the audit log keeps of a change. Never a secret's value. */
export type AuditDraft = { what: string; target: string; before?: JsonValue; after?: JsonValue };
export type Audited = AuditDraft | readonly [AuditDraft, ...AuditDraft[]];

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
