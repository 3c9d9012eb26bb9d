import { TestSendBody } from '#lib/contracts/automations.ts';
import type { TestResult } from '#lib/contracts/integrations.ts';
import { shownUrl } from '#lib/domain/target.ts';
import { AppError, conflict, invalid } from '#lib/errors.ts';
import { getEntity, standingOf } from '../access.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { sendAction } from '../delivery/send-action.ts';
import { takeTest } from '../targets/take-test.ts';
import { toTestResult } from '../targets/test-target.ts';
import { chooseEvent } from './choose-event.ts';
import { type OpenDraft, openDraft } from './open-draft.ts';
import { judgeDraft, toRendering } from './preview-automation.ts';
import { payloadProblems } from './resolve-automation.ts';

/** Sends a draft's request for real, through a saved and enabled integration; kept out of the history. */
export const testAutomation = command({
  permission: 'integrations:test_saved',
  input: TestSendBody,
  entityOf: async (ctx, { automation }) => {
    const { team } = await openSendable(ctx, automation);
    return team;
  },
  prepare: async (ctx, { automation: raw, eventId, event }) => {
    const { draft, action, target } = await openSendable(ctx, raw);
    const { chosen, decision } = await judgeDraft(ctx, draft, await chooseEvent(ctx, draft, { eventId, event }));
    await takeTest(ctx);
    const id = ctx.newId('tst');
    const at = ctx.now();
    const outcome = await sendAction(ctx, action, { ...toRendering(ctx, draft, chosen, decision), executionId: id });
    return { result: await shownResult(ctx, target.entityId, toTestResult(id, at, outcome)), target };
  },
  run: async (ctx, _input, { result, target }) => ({
    result,
    audit: {
      what: 'automation.tested',
      target: target.name,
      after: { test: result.id, status: result.response?.status ?? null, error: result.error?.code ?? null, by: ctx.actor.kind },
    },
  }),
});

/** Refuses what could not be sent, with the fields that are to blame. */
async function openSendable(ctx: Context, raw: Record<string, unknown>) {
  const draft = await openDraft(ctx, raw);
  const { action, target, team } = draft;
  const blocking = draft.issues.filter(({ path }) => path[0] === 'scope' || path[0] === 'action' || path[0] === 'team' || path[0] === 'on');
  if (blocking.length) throw invalid(blocking[0]!.message, blocking);
  if (!action || action.kind === 'nothing' || !target || !team) throw invalid('Choose an integration first: "Do nothing" sends nothing.');
  if (target.state === 'disabled') throw conflict(`${target.name} is disabled. Enable it in Team settings, then test.`);
  await requireSendable(ctx, draft);
  return { draft, action, target, team };
}

async function requireSendable(ctx: Context, { document, action, target }: OpenDraft): Promise<void> {
  const { on = 'run.state', filter = {}, name = '' } = document;
  const errors = (await payloadProblems(ctx.reader, { on, filter, name }, action!, target)).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const issues = errors.map(({ field, line, message }) => ({ path: ['action', field], message: `Line ${line}: ${message}` }));
  throw new AppError('invalid', issues[0]!.message, { issues });
}

/** The URL in full is for admins of its entity. */
async function shownResult(ctx: Context, entityId: number, result: TestResult): Promise<TestResult> {
  const { role } = await standingOf(ctx.reader, ctx.actor, await getEntity(ctx.reader, entityId));
  if (role === 'admin' || !URL.canParse(result.request.url)) return result;
  return { ...result, request: { ...result.request, url: shownUrl(result.request.url) } };
}
