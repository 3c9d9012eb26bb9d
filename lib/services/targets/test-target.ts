import type { TestResult } from '#lib/contracts/integrations.ts';
import { WebhookDraftTestBody, WebhookTestBody } from '#lib/contracts/integrations.ts';
import type { Action } from '#lib/domain/automation.ts';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { Rendering } from '#lib/domain/event-message.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { sampleFor } from '#lib/domain/sample-event.ts';
import { secretsOf, shownUrl, type Target } from '#lib/domain/target.ts';
import { findSealedKeys } from '#lib/store/key-pairs.ts';
import { findSealedUrl } from '#lib/store/targets.ts';
import { requireUserId } from '../accounts/require-user-id.ts';
import type { AuditDraft } from '../audit/write-audit.ts';
import { command } from '../command.ts';
import type { EntityContext } from '../context.ts';
import { type OpenTarget, openKeys, openSecrets, openUrl } from '../delivery/open-target.ts';
import { sendTo } from '../delivery/send-action.ts';
import { approveHosts } from './approve-hosts.ts';
import { getTarget, TargetInput } from './get-target.ts';
import { OwnerInput, ownerOf } from './integration-owner.ts';
import { judgeAddress } from './judge-address.ts';
import { requireSecrets } from './require-secrets.ts';
import { takeTest } from './take-test.ts';
import { namedSecrets, newTarget, withFields } from './webhook-fields.ts';
import { readUrl } from './webhooks.ts';

/** What a test came to, and for the audit log. */
type Tested = { result: TestResult; audit: AuditDraft };

/** Through a saved webhook, also a disabled one: testing is how one finds out whether to enable it. */
export const testWebhook = command({
  permission: 'integrations:test',
  input: TargetInput.extend(WebhookTestBody.shape),
  entityOf: ownerOf,
  prepare: async (ctx, { id, payload, on }) => {
    const target = await getTarget(ctx, 'webhook', id);
    await requireSecrets(ctx, namedSecrets(target));
    return sendTest(ctx, target, await readUrl(ctx, target), payload, on);
  },
  run: async (_ctx, _input, tested) => tested,
});

/** Through fields that are not saved; a URL that was never shown in full is taken from the webhook of that id. */
export const testWebhookDraft = command({
  permission: 'integrations:test',
  input: OwnerInput.extend(WebhookDraftTestBody.shape),
  entityOf: ownerOf,
  prepare: async (ctx, { webhook: { id, ...fields }, payload, on }) => {
    const saved = id === undefined ? null : await getTarget(ctx, 'webhook', id);
    const own = saved && (fields.url === saved.urlShown || fields.url === (await readUrl(ctx, saved)));
    const address = own ? await savedAddress(ctx, saved) : await judgeAddress(ctx, fields.url, 'url');
    const base = saved ?? newTarget({ entityId: ctx.entity.id, id: 0, kind: 'webhook', createdById: requireUserId(ctx.actor) }, ctx.now());
    const target: Target = { ...withFields(base, fields), urlShown: shownUrl(address.url) };
    await requireSecrets(ctx, namedSecrets(target));
    const approval = { secrets: secretsOf(target), host: address.host, confirmHost: fields.confirmHost };
    // Before anything is sent; a refusal must come before the secret has left.
    const approved = await ctx.db.transaction().execute((db) => approveHosts({ ...ctx, db }, approval));
    const tested = await sendTest(ctx, target, address.url, payload, on);
    return { ...tested, approved };
  },
  run: async (_ctx, _input, { result, audit, approved }) => ({ result, audit: [audit, ...approved] }),
});

async function savedAddress(ctx: EntityContext, saved: Target) {
  const url = await readUrl(ctx, saved);
  return { url, host: new URL(url).hostname };
}

async function sendTest(
  ctx: EntityContext,
  target: Target,
  url: string,
  payload: JsonValue | undefined,
  on?: AutomationEvent,
): Promise<Tested> {
  const secrets = await openSecrets(ctx, ctx.entity.id, secretsOf(target));
  const value = (name: string | null) => (name === null ? null : secrets.get(name)!);
  const open: OpenTarget = {
    kind: 'webhook',
    target: sealedOf(ctx, target),
    url,
    accessToken: value(target.accessTokenSecret)?.current ?? null,
    signing: value(target.signingSecret),
    keys: target.keyPair ? await openKeys(ctx, target, await findSealedKeys(ctx.db, target.entityId, target.id, ctx.now())) : [],
    payloadSecrets: new Map(target.payloadSecrets.map((name) => [name, secrets.get(name)!.current])),
  };
  const template = payload === undefined ? null : typeof payload === 'string' ? payload : JSON.stringify(payload);
  const action: Action = {
    kind: 'webhook',
    target: { entityId: target.entityId, targetId: target.id },
    template,
    templateForm: typeof payload === 'string' ? 'text' : 'json',
  };
  return send(ctx, open, action, target, on);
}

/** The channel as it is saved gets a message that says what it is. */
export const testSlackChannel = command({
  permission: 'integrations:test',
  input: TargetInput,
  entityOf: ownerOf,
  prepare: async (ctx, { id }) => {
    const target = await getTarget(ctx, 'slack', id);
    const names = secretsOf(target);
    await requireSecrets(
      ctx,
      names.map((name) => ({ field: 'botTokenSecret', name, isToken: true })),
    );
    const sealedUrl = await findSealedUrl(ctx.db, target.entityId, target.id);
    const secrets = await openSecrets(ctx, ctx.entity.id, names);
    const open: OpenTarget = {
      kind: 'slack',
      target: sealedOf(ctx, target),
      url: sealedUrl === null ? null : await openUrl(ctx, target, sealedUrl),
      botToken: target.botTokenSecret === null ? null : secrets.get(target.botTokenSecret)!.current,
    };
    const action: Action = {
      kind: 'slack',
      target: { entityId: target.entityId, targetId: target.id },
      title: 'Test message from Hookline',
      text: '',
      severity: 'info',
    };
    return send(ctx, open, action, target);
  },
  run: async (_ctx, _input, tested) => tested,
});

const sealedOf = (ctx: EntityContext, target: Target): OpenTarget['target'] => ({
  ...target,
  sealedUrl: null,
  sealedKeys: [],
  shownUrl: target.urlShown,
  personal: ctx.entity.kind === 'user',
});

async function send(
  ctx: EntityContext,
  open: OpenTarget,
  action: Exclude<Action, { kind: 'nothing' }>,
  { kind, name }: Target,
  on: AutomationEvent = 'artifact.alias_added',
): Promise<Tested> {
  await takeTest(ctx);
  const id = ctx.newId('tst');
  const { event, evidence } = sampleFor(on, { at: ctx.now(), publicUrl: ctx.publicUrl });
  const rendering: Rendering = {
    automation: { id: 0, name: 'Test' },
    rule: { on, filter: {} },
    executionId: id,
    event,
    ...(evidence && { evidence }),
    publicUrl: ctx.publicUrl,
  };
  const at = ctx.now();
  const outcome = await sendTo(ctx, open, action, rendering);
  return {
    result: toTestResult(id, at, outcome),
    audit: {
      what: kind === 'webhook' ? 'webhook.tested' : 'slack_channel.tested',
      target: name,
      after: { test: id, status: outcome.response?.status ?? null, error: outcome.error?.code ?? null },
    },
  };
}

export function toTestResult(id: string, at: number, { request, response, error, timings, address }: DeliveryOutcome): TestResult {
  return {
    id,
    at,
    request,
    timings,
    ...(response && { response: { ...response, timings } }),
    ...(error && { error }),
    ...(address !== undefined && { address }),
  };
}
