import { AutomationDocument } from '#lib/domain/automation.ts';
import { insertAutomation } from '#lib/store/automations.ts';
import { type AlsoNeeded, command } from '../command.ts';
import type { Context } from '../context.ts';
import { type ResolvedScope, resolveScope } from '../places/resolve-scope.ts';
import { auditedAutomation } from './audited-automation.ts';
import { findTeam, requireValid, resolveAction } from './resolve-automation.ts';
import { scheduleAutomation } from './schedule-automation.ts';

/** The rights that an action needs in the entity of its integration. */
export async function integrationRights(
  ctx: Context,
  document: Pick<AutomationDocument, 'team' | 'action'>,
  scope: ResolvedScope,
): Promise<AlsoNeeded[]> {
  const team = await findTeam(ctx, document, scope);
  return team ? [{ permission: 'integrations:use', entity: team }] : [];
}

export const createAutomation = command({
  permission: 'automations:write',
  input: AutomationDocument,
  entityOf: async (ctx, document) => (await resolveScope(ctx, document.scope)).guarded,
  also: async (ctx, document) => integrationRights(ctx, document, await resolveScope(ctx, document.scope)),
  run: async (ctx, document) => {
    const scope = await resolveScope(ctx, document.scope);
    const { action, target } = await resolveAction(ctx.db, document, await findTeam(ctx, document, scope));
    await requireValid(ctx, document, action, target);
    const automation = await insertAutomation(
      ctx.db,
      {
        entityId: scope.scope.entityId,
        name: document.name,
        description: document.description ?? '',
        enabled: document.enabled,
        scope: scope.scope,
        on: document.on,
        filter: document.filter,
        action,
        cooldownSeconds: document.cooldownSeconds,
        maxFiringsPerMinute: document.maxFiringsPerMinute,
        retry: document.retry,
        createdById: 'userId' in ctx.actor ? ctx.actor.userId : null,
      },
      ctx.now(),
    );
    await scheduleAutomation(ctx.db, automation, ctx.now());
    return { result: automation, audit: { what: 'automation.created', ...(await auditedAutomation(ctx.db, automation, 'after')) } };
  },
});
