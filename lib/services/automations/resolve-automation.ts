import type { Action, AutomationDocument } from '#lib/domain/automation.ts';
import { checkAutomation } from '#lib/domain/check-automation.ts';
import { checkTemplate, type PayloadProblem } from '#lib/domain/check-template.ts';
import type { Entity } from '#lib/domain/entity.ts';
import { ACCESS_TOKEN } from '#lib/domain/fixed-names.ts';
import { sampleFor } from '#lib/domain/sample-event.ts';
import { valuesFor } from '#lib/domain/template-variables.ts';
import { AppError, type Issue, invalid, invalidField } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { findEntityByName } from '#lib/store/entities.ts';
import { listSecretNames } from '#lib/store/secret-names.ts';
import { findTargetNamed, type TargetState } from '#lib/store/target-states.ts';
import type { Context } from '../context.ts';
import type { ResolvedScope } from '../places/resolve-scope.ts';
import { toTemplate } from './automation-document.ts';

/** Whose integration the action goes to: `team`, or the scope's own entity where the scope says it. */
export async function findTeam(
  ctx: Context,
  document: Pick<AutomationDocument, 'team' | 'action'>,
  at: ResolvedScope,
): Promise<Entity | null> {
  if ('nothing' in document.action) return null;
  if (document.team === undefined) {
    if (at.entity.kind !== 'organization') return at.entity;
    throw invalidField(['team'], 'Say whose integration it is: name the team.');
  }
  const entity = await findEntityByName(ctx.db, document.team);
  if (!entity) {
    const message = `There is no team "${document.team}", or you may not see it.`;
    throw new AppError('not_found', message, { issues: [{ path: ['team'], message }] });
  }
  return entity;
}

/** The action by ids; refused where the team has no such integration. */
export async function resolveAction(
  db: Db,
  document: Pick<AutomationDocument, 'action'>,
  team: Entity | null,
): Promise<{ action: Action; target: TargetState | null }> {
  const { action } = document;
  if ('nothing' in action || !team) return { action: { kind: 'nothing' }, target: null };
  const [kind, name] = 'webhook' in action ? (['webhook', action.webhook] as const) : (['slack', action.slack] as const);
  const target = await findTargetNamed(db, team.id, kind, name);
  if (!target) {
    const what = kind === 'webhook' ? 'webhook' : 'Slack channel';
    throw invalidField(['action', kind], `${team.name} has no ${what} named "${name}". Choose one in Team settings, or make it there.`);
  }
  const ref = { entityId: team.id, targetId: target.id };
  return {
    action:
      'webhook' in action
        ? { kind: 'webhook', target: ref, ...toTemplate(action.payload) }
        : { kind: 'slack', target: ref, title: action.title ?? '', text: action.text ?? '', severity: action.severity },
    target,
  };
}

/** Throws one refusal with everything that is wrong, so that a form can show it all at once. */
export async function requireValid(ctx: Context, document: AutomationDocument, action: Action, target: TargetState | null): Promise<void> {
  const payloadIssues = (await payloadProblems(ctx.db, document, action, target))
    .filter(({ severity }) => severity === 'error')
    .map(
      ({ message, line, field }): Issue => ({
        path: ['action', field],
        message: field === 'payload' ? `Line ${line}: ${message}` : message,
      }),
    );
  const issues = [...checkAutomation(document, ctx.now()), ...payloadIssues];
  const [first] = issues;
  if (!first) return;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  throw invalid(`${first.path.join('.')}: ${first.message}${more}`, issues);
}

export type ActionProblem = PayloadProblem & { field: 'payload' | 'title' | 'text' };

/** What is wrong with an action's texts, judged with a sample event that meets the filter. */
export async function payloadProblems(
  db: Db,
  document: Pick<AutomationDocument, 'on' | 'filter' | 'name'>,
  action: Action,
  target: TargetState | null,
): Promise<ActionProblem[]> {
  if (action.kind === 'nothing') return [];
  const sample = sampleFor(document.on, { filter: document.filter });
  const automation = { id: 0, name: document.name, on: document.on, filter: document.filter };
  const sampleValues = valuesFor(sample.event, {
    automation,
    executionId: 'exe_sample',
    publicUrl: '',
    ...(sample.evidence && { evidence: sample.evidence }),
  });
  const check = {
    on: document.on,
    sampleValues,
    grantedSecrets: target ? [...target.payloadSecrets, ...(target.accessTokenSecret ? [ACCESS_TOKEN] : [])] : [],
    existingSecrets: target ? await listSecretNames(db, target.entityId) : [],
  };
  if (action.kind === 'webhook') {
    if (action.template === null) return [];
    return checkTemplate(action.template, check).map((problem) => ({ ...problem, field: 'payload' as const }));
  }
  return (['title', 'text'] as const).flatMap((field) =>
    checkTemplate(action[field], { ...check, grantedSecrets: [] })
      .filter(({ code }) => code !== 'not_json' && code !== 'fragile_json')
      .map((problem) => ({ ...problem, field })),
  );
}
