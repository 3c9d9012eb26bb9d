import type { JsonValue } from '#lib/domain/json.ts';
import { insertAuditRow } from '#lib/store/audit.ts';
import type { Context } from '../context.ts';

/** What the audit log keeps of a change. Never a secret's value. */
export type AuditDraft = {
  what: string;
  target: string;
  before?: JsonValue;
  after?: JsonValue;
  /** Who did it, where that became somebody only with the change itself. */
  by?: { id: number; username: string };
};
export type Audited = AuditDraft | readonly [AuditDraft, ...AuditDraft[]];

/** Into the same transaction as the change itself. */
export async function writeAudit(ctx: Context, entityId: number, audited: Audited): Promise<void> {
  const { actor } = ctx;
  for (const draft of 'what' in audited ? [audited] : audited) {
    const by = draft.by ?? ('userId' in actor ? { id: actor.userId, username: actor.username } : { id: null, username: actor.kind });
    await insertAuditRow(ctx.db, {
      entityId,
      id: ctx.newId('aud'),
      at: ctx.now(),
      actorKind: actor.kind,
      actorId: by.id,
      actorName: by.username,
      what: draft.what,
      target: draft.target,
      before: draft.before ?? null,
      after: draft.after ?? null,
      address: ctx.address,
      requestId: ctx.requestId,
    });
  }
}
