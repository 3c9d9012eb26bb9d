import { invalidField } from '#lib/errors.ts';
import { insertSecretHost, listSecretHosts } from '#lib/store/secrets.ts';
import { requireUserId } from '../accounts/require-user-id.ts';
import type { AuditDraft } from '../audit/write-audit.ts';
import type { EntityContext } from '../context.ts';

/**
 * A secret may go where it went before. Sending it to another host asks for that host's name, so that a mistyped or
 * planted address does not get it in passing. Answers what the audit log should say.
 */
export async function approveHosts(
  ctx: EntityContext,
  { secrets, host, confirmHost }: { secrets: readonly string[]; host: string; confirmHost: string | undefined },
): Promise<AuditDraft[]> {
  const audit: AuditDraft[] = [];
  for (const name of secrets) {
    const known = await listSecretHosts(ctx.db, ctx.entity.id, name);
    if (known.includes(host)) continue;
    if (known.length > 0 && confirmHost !== host) {
      throw invalidField(
        ['confirmHost'],
        `The secret "${name}" was only sent to ${known.join(', ')} so far. Give the name "${host}" to send it there too.`,
      );
    }
    await insertSecretHost(ctx.db, { entityId: ctx.entity.id, name, host, approvedById: requireUserId(ctx.actor), at: ctx.now() });
    audit.push({ what: 'secret.host_approved', target: name, after: { host } });
  }
  return audit;
}
