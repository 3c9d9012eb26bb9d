import type { Action, Automation, AutomationDocument } from '#lib/domain/automation.ts';
import type { Entity } from '#lib/domain/entity.ts';
import { DEFAULT_DELAYS_SECONDS } from '#lib/domain/retry.ts';
import { type Issue, isAppError } from '#lib/errors.ts';
import type { TargetState } from '#lib/store/target-states.ts';
import { requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import { type ResolvedScope, resolveScope } from '../places/resolve-scope.ts';
import { readDraft } from './read-draft.ts';
import { findTeam, resolveAction } from './resolve-automation.ts';

/** A draft by ids as far as it goes: what preview, matches, backtest and test look at. */
export type OpenDraft = {
  document: Partial<AutomationDocument>;
  scope: ResolvedScope | null;
  team: Entity | null;
  action: Action | null;
  target: TargetState | null;
  issues: Issue[];
};

/** Refused only where the caller may not preview there; everything unfinished is an issue. */
export async function openDraft(ctx: Context, raw: Record<string, unknown>): Promise<OpenDraft> {
  const { draft, issues } = readDraft(raw, ctx.now());
  const scope = draft.scope ? await collecting(issues, ['scope'], () => resolveScope(ctx, draft.scope!)) : null;
  if (scope) await requirePermission(ctx.db, ctx.actor, 'preview', scope.guarded);
  const { action } = draft;
  if (!action || !scope) return { document: draft, scope, team: null, action: null, target: null, issues };
  const team = await collecting(issues, ['team'], () => findTeam(ctx, { action, team: draft.team }, scope));
  if (team) await requirePermission(ctx.db, ctx.actor, 'integrations:list', team);
  const resolved = team || 'nothing' in action ? await collecting(issues, ['action'], () => resolveAction(ctx.db, { action }, team)) : null;
  return { document: draft, scope, team, action: resolved?.action ?? null, target: resolved?.target ?? null, issues };
}

/** A refusal of a field becomes an issue; one of a right stays a refusal. */
async function collecting<Result>(issues: Issue[], path: Issue['path'], work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error) || (error.code !== 'invalid' && error.code !== 'not_found')) throw error;
    issues.push(...(error.issues ?? [{ path, message: error.message }]));
    return null;
  }
}

/** The draft as the rule sees it; null while event or scope are missing, or a condition is none. */
export function toJudgedAutomation({ document, scope, action, issues }: OpenDraft): Automation | null {
  if (!document.on || !scope || issues.some(({ path }) => path[0] === 'filter')) return null;
  return {
    entityId: scope.scope.entityId,
    id: 0,
    name: document.name ?? 'Untitled automation',
    description: '',
    enabled: true,
    scope: scope.scope,
    on: document.on,
    filter: document.filter ?? {},
    action: action ?? { kind: 'nothing' },
    cooldownSeconds: document.cooldownSeconds ?? 0,
    maxFiringsPerMinute: document.maxFiringsPerMinute ?? 60,
    retry: document.retry ?? { delaysSeconds: [...DEFAULT_DELAYS_SECONDS] },
    createdById: null,
    createdAt: 0,
    updatedAt: 0,
  };
}
