import type { z } from 'zod';
import type { AutomationView } from '#lib/contracts/automations.ts';
import type { Automation } from '#lib/domain/automation.ts';
import { automationIdText, slackChannelIdText, webhookIdText } from '#lib/domain/ids.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import type { Role } from '#lib/domain/permissions.ts';
import { listLastFirings, listRecentDots } from '#lib/store/automation-lists.ts';
import type { TargetState } from '#lib/store/target-states.ts';
import type { Context } from '../context.ts';
import { toPerson } from '../person.ts';
import { toAutomationDocument } from './automation-document.ts';
import { type AutomationSurroundings, readSurroundings } from './automation-names.ts';

type View = z.output<typeof AutomationView>;
const DOTS = 20;

/** Documents with what the server knows besides: target, problem, last firings. */
export async function toAutomationViews(
  ctx: Pick<Context, 'reader'>,
  automations: readonly Automation[],
  visible: { severalOrganizations: boolean; roleAt: (entityId: number, projectId?: number | null) => Role | null },
): Promise<View[]> {
  const [around, dots, firings] = await Promise.all([
    readSurroundings(ctx.reader, automations, { qualifyRegistries: visible.severalOrganizations }),
    listRecentDots(ctx.reader, automations, DOTS),
    listLastFirings(ctx.reader, automations),
  ]);
  return automations.map((automation) => {
    const { scope } = automation;
    const target = automation.action.kind === 'nothing' ? undefined : around.target(automation.action.target.targetId);
    return {
      ...toAutomationDocument(automation, around.names),
      id: automationIdText(automation.id),
      href: hrefOf(automation, around),
      target: target ? toTargetView(target, around) : null,
      problem: problemOf(automation, target, around),
      role: visible.roleAt(scope.entityId, 'projectId' in scope ? scope.projectId : null),
      createdBy: toPerson(automation.createdById === null ? undefined : around.user(automation.createdById)),
      createdAt: automation.createdAt,
      updatedAt: automation.updatedAt,
      lastFiredAt: firings.get(automation.id) ?? null,
      recent: dots.get(automation.id) ?? [],
    };
  });
}

function hrefOf({ scope, id }: Automation, { names }: AutomationSurroundings): string {
  if (scope.kind !== 'project' && scope.kind !== 'collection') return pagePaths.automation(automationIdText(id));
  return pagePaths.projectAutomation(names.entity(scope.entityId), names.project(scope.projectId), automationIdText(id));
}

function toTargetView(target: TargetState, { names }: AutomationSurroundings): NonNullable<View['target']> {
  return {
    kind: target.kind,
    id: target.kind === 'webhook' ? webhookIdText(target.id) : slackChannelIdText(target.id),
    name: target.name,
    team: names.entity(target.entityId),
    state: target.state,
    host: hostIn(target.shown),
  };
}

/** The host of "https://deploy.acme.example/…"; null for a Slack channel. */
function hostIn(shown: string | null): string | null {
  return /^https?:\/\/([^/]+)/.exec(shown ?? '')?.[1] ?? null;
}

function problemOf(automation: Automation, target: TargetState | undefined, around: AutomationSurroundings): string | null {
  const { scope, action } = automation;
  if ('collectionId' in scope && !around.collectionExists(scope.collectionId)) {
    return 'The collection it watches was deleted. Choose another scope, or delete the automation.';
  }
  if (action.kind === 'nothing') return null;
  const what = action.kind === 'webhook' ? 'webhook' : 'Slack channel';
  if (!target || target.state === 'gone') return `Its ${what} was deleted. Choose another one.`;
  if (target.state === 'disabled') {
    return `The ${what} ${target.name} is disabled${target.disabledReason ? `: ${target.disabledReason}` : '.'} Firings are skipped.`;
  }
  if (target.state === 'paused') return `The ${what} ${target.name} keeps failing and is paused. Executions wait for it.`;
  return null;
}
