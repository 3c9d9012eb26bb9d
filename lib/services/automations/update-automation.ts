import { z } from 'zod';
import { AUTOMATION_SERVER_KEYS, AutomationPatch } from '#lib/contracts/automations.ts';
import type { Automation, AutomationDocument } from '#lib/domain/automation.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { jsonEquals } from '#lib/domain/json-equals.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { notFound } from '#lib/errors.ts';
import { updateAutomation as updateStored } from '#lib/store/automations.ts';
import { findEntity } from '#lib/store/entities.ts';
import { moveAutomation } from '#lib/store/move-automation.ts';
import type { TargetState } from '#lib/store/target-states.ts';
import { type AlsoNeeded, command } from '../command.ts';
import type { Context } from '../context.ts';
import { myOrganizations } from '../places/find-place.ts';
import { type ResolvedScope, resolveScope } from '../places/resolve-scope.ts';
import { auditedAutomation, documentOf } from './audited-automation.ts';
import { toAutomationDocument } from './automation-document.ts';
import { readSurroundings } from './automation-names.ts';
import { getStoredAutomation, guardedOfAutomation } from './find-automation.ts';
import { lacksIntegration } from './integration-rights.ts';
import { findTeam, requireValid, resolveAction } from './resolve-automation.ts';
import { scheduleAutomation } from './schedule-automation.ts';

type Key = keyof AutomationDocument;

/** Fields whose change decides what is sent where, and so needs a right in the integration's entity too. */
const DECIDING: readonly Key[] = ['scope', 'on', 'filter', 'action', 'team'];

export const updateAutomation = command({
  permission: 'automations:write',
  input: z.object({ id: z.string(), patch: z.record(z.string(), z.unknown()) }),
  entityOf: (ctx, { id }) => guardedOfAutomation(ctx.db, id),
  also: async (ctx, { id, patch }) => rightsFor(ctx, await planUpdate(ctx, id, patch)),
  run: async (ctx, { id, patch }) => {
    const plan = await planUpdate(ctx, id, patch);
    const { before, document } = plan;
    const { action, target } = await actionOf(ctx, plan);
    if (plan.changed.length) await requireValid(ctx, document, action, target);
    const after: Automation = {
      ...before,
      entityId: plan.scope?.scope.entityId ?? before.entityId,
      name: document.name,
      description: document.description ?? '',
      enabled: document.enabled,
      scope: plan.scope?.scope ?? before.scope,
      on: document.on,
      filter: document.filter,
      action,
      cooldownSeconds: document.cooldownSeconds,
      maxFiringsPerMinute: document.maxFiringsPerMinute,
      retry: document.retry,
      updatedAt: ctx.now(),
    };
    const written =
      after.entityId === before.entityId
        ? await updateStored(ctx.db, after, ctx.now())
        : await moveAutomation(ctx.db, before.entityId, after, ctx.now());
    if (!written) throw notFound(`The automation ${id}`);
    if (plan.changed.some((key) => key === 'filter' || key === 'on' || key === 'enabled')) {
      await scheduleAutomation(ctx.db, after, ctx.now());
    }
    const audit = {
      what: whatHappened(plan),
      before: await documentOf(ctx.db, before),
      ...(await auditedAutomation(ctx.db, after, 'after')),
    };
    return { result: after, audit };
  },
});

type Plan = {
  before: Automation;
  document: AutomationDocument;
  /** The fields that differ from what is stored; those sent back unchanged count as not sent. */
  changed: Key[];
  /** Set where the scope changes. */
  scope: ResolvedScope | null;
};

async function planUpdate(ctx: Context, id: string, patch: Record<string, unknown>): Promise<Plan> {
  const { automation: before } = await getStoredAutomation(ctx.db, id);
  const { names } = await readSurroundings(ctx.db, [before], { qualifyRegistries: (await myOrganizations(ctx)).length > 1 });
  const current = toAutomationDocument(before, names);
  const sent = parsePatch(patch);
  const changed = (Object.keys(sent) as Key[]).filter((key) => !isSame(sent[key], current[key]));
  const document = { ...current, ...Object.fromEntries(changed.map((key) => [key, sent[key]])) } as AutomationDocument;
  const scope = changed.includes('scope') ? await resolveScope(ctx, document.scope) : null;
  return { before, document, changed, scope };
}

/** Only the keys that were sent: a schema's defaults must not reset what the caller did not name. */
function parsePatch(raw: Record<string, unknown>): Partial<AutomationDocument> {
  const serverKeys: readonly string[] = AUTOMATION_SERVER_KEYS;
  const own = Object.fromEntries(Object.entries(raw).filter(([key]) => !serverKeys.includes(key)));
  const parsed: Record<string, unknown> = parseInput(AutomationPatch, own);
  return Object.fromEntries(Object.keys(own).map((key) => [key, parsed[key]]));
}

const isSame = (a: unknown, b: unknown) => jsonEquals(plain(a), plain(b));
const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null)) as JsonValue;

async function rightsFor(ctx: Context, plan: Plan): Promise<AlsoNeeded[]> {
  const needed: AlsoNeeded[] = plan.scope ? [{ permission: 'automations:write', entity: plan.scope.guarded }] : [];
  const enabling = plan.changed.includes('enabled') && plan.document.enabled;
  if (!enabling && !plan.changed.some((key) => DECIDING.includes(key))) return needed;
  const team = await teamOf(ctx, plan);
  if (!team) return needed;
  const { action } = plan.before;
  const isShown = action.kind !== 'nothing' && action.target.entityId === team.id;
  return [...needed, { permission: 'integrations:use', entity: team, otherwise: isShown ? lacksIntegration(team) : undefined }];
}

const keepsIntegration = ({ changed }: Plan) => !changed.includes('action') && !changed.includes('team');

async function teamOf(ctx: Context, plan: Plan) {
  const { before, document, scope } = plan;
  if (keepsIntegration(plan)) {
    return before.action.kind === 'nothing' ? null : findEntity(ctx.db, before.action.target.entityId);
  }
  const at = scope ?? (await resolveScope(ctx, document.scope));
  return findTeam(ctx, document, at);
}

/** An untouched action keeps its integration, renamed or gone, as it stands. */
async function actionOf(ctx: Context, plan: Plan): Promise<{ action: Automation['action']; target: TargetState | null }> {
  const { before } = plan;
  if (!keepsIntegration(plan)) return resolveAction(ctx.db, plan.document, await teamOf(ctx, plan));
  if (before.action.kind === 'nothing') return { action: before.action, target: null };
  const { target } = await readSurroundings(ctx.db, [before], { qualifyRegistries: false });
  return { action: before.action, target: target(before.action.target.targetId) ?? null };
}

function whatHappened({ changed, document }: Plan): string {
  if (changed.length === 1 && changed[0] === 'enabled') return document.enabled ? 'automation.enabled' : 'automation.disabled';
  return 'automation.updated';
}
