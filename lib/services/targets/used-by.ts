import type { Use } from '#lib/contracts/view.ts';
import { automationIdText, slackChannelIdText, webhookIdText } from '#lib/domain/ids.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import type { Target } from '#lib/domain/target.ts';
import type { Issue } from '#lib/errors.ts';
import { listAutomationsOfTarget } from '#lib/store/automations.ts';
import { findEntity } from '#lib/store/entities.ts';
import { standingOf } from '../access.ts';
import type { EntityContext } from '../context.ts';

const LISTED = 100;

export const targetIdText = ({ kind, id }: Pick<Target, 'kind' | 'id'>) =>
  kind === 'webhook' ? webhookIdText(id) : slackChannelIdText(id);

/** The automations that use an integration; those of places that the visitor does not see without their names. */
export async function listUses(ctx: EntityContext, target: Target): Promise<Use[]> {
  const automations = await listAutomationsOfTarget(ctx.db, target.id, LISTED);
  const seen = new Map<string, boolean>();
  const uses: Use[] = [];
  for (const { id, name, entityId, scope } of automations) {
    const registryId = scope.kind === 'registry' || scope.kind === 'registryCollection' ? scope.projectId : undefined;
    const place = `${entityId}:${registryId ?? ''}`;
    if (!seen.has(place)) {
      const entity = await findEntity(ctx.db, entityId);
      const standing = entity && (await standingOf(ctx.db, ctx.actor, { ...entity, ...(registryId !== undefined && { registryId }) }));
      seen.set(place, Boolean(standing?.role));
    }
    const visible = seen.get(place)!;
    uses.push({
      kind: 'automation',
      id: automationIdText(id),
      name: visible ? name : 'an automation elsewhere',
      href: visible ? pagePaths.automation(automationIdText(id)) : '',
    });
  }
  return uses;
}

/** Its page, for those who may list the integrations. */
export const integrationPath = (team: string, target: Pick<Target, 'kind' | 'id'>) =>
  (target.kind === 'webhook' ? pagePaths.webhook : pagePaths.slackChannel)(team, targetIdText(target));

/** The integrations that use a secret, as "used by" names them. */
export const toUse = (target: Target, team: string): Use => ({
  kind: target.kind,
  id: targetIdText(target),
  name: target.name,
  href: integrationPath(team, target),
});

/** The list that a refused deletion carries. */
export const toIssues = (uses: readonly Use[]): Issue[] =>
  uses.map(({ kind, name, id }) => ({ path: [kind, id], message: `${kind} ${name}` }));
