import { z } from 'zod';
import type { ReplayBody } from '#lib/contracts/automations.ts';
import type { TargetRef } from '#lib/domain/automation.ts';
import { isPaused } from '#lib/domain/breaker.ts';
import type { Execution } from '#lib/domain/execution.ts';
import { Json, type JsonValue } from '#lib/domain/json.ts';
import { AppError, conflict, invalidField } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { changeBreaker, findDeliveryTargets } from '#lib/store/delivery-targets.ts';
import { findEntity } from '#lib/store/entities.ts';
import { type NewExecution, queueExecutions } from '#lib/store/executions.ts';
import { requeueExecution } from '#lib/store/replay-executions.ts';
import { listTargetStates, type TargetState } from '#lib/store/target-states.ts';
import { isBeingSent } from '#lib/store/waiting-for-target.ts';
import { toTemplate } from '../automations/automation-document.ts';
import { payloadProblems } from '../automations/resolve-automation.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { getStoredExecution, guardedOfExecution } from './find-execution.ts';

const ById = z.object({ id: z.string() });

/** Sends again: the same id and stored payload, live address and secrets; tries begin anew, attempt numbers go on. */
const requeue = command({
  permission: 'executions:replay',
  input: ById.extend({ from: z.array(z.enum(['finished', 'failed', 'pending', 'skipped'])) }),
  entityOf: (ctx, { id }) => guardedOfExecution(ctx.db, id),
  run: async (ctx, { id, from }) => {
    const { execution } = (await getStoredExecution(ctx.db, id)).item;
    requireStatus(execution, from);
    await requireTarget(ctx.db, execution);
    const queued = await requeueExecution(ctx.db, execution.entityId, id, ctx.now());
    if (!queued) throw conflict('It is being sent right now. Wait for its result.');
    if (execution.action.kind !== 'nothing') await probeNow(ctx, execution.action.target);
    return { result: execution, audit: { what: 'execution.replayed', target: id, before: { status: execution.status } } };
  },
});

/** Who sends by hand does not wait for the circuit breaker's next look: a probe goes now, unless one is on its way. */
async function probeNow({ db, now }: Context, ref: TargetRef): Promise<void> {
  const target = (await findDeliveryTargets(db, [ref])).get(ref.targetId);
  if (!target || !isPaused(target, now()) || (await isBeingSent(db, ref))) return;
  await changeBreaker(db, target, { ...target, pausedUntil: now() });
}

/** With another payload it is a new execution, which names the old one. */
const sendEdited = command({
  permission: 'executions:replay',
  input: ById.extend({ payload: Json }),
  entityOf: (ctx, { id }) => guardedOfExecution(ctx.db, id),
  also: async (ctx, { id }) => {
    const { execution } = (await getStoredExecution(ctx.db, id)).item;
    const entity = execution.action.kind === 'nothing' ? null : await findEntity(ctx.db, execution.action.target.entityId);
    return entity
      ? [
          {
            permission: 'integrations:use',
            entity,
            otherwise: `Sending another payload needs the member role in ${entity.name}, whose integration this uses.`,
          },
        ]
      : [];
  },
  run: async (ctx, { id, payload }) => {
    const { execution, on } = (await getStoredExecution(ctx.db, id)).item;
    const { action } = execution;
    if (action.kind !== 'webhook') throw invalidField(['payload'], 'Only what goes to a webhook has a payload to edit.');
    const target = await requireTarget(ctx.db, execution);
    const edited = { ...action, ...toTemplate(payload as JsonValue) };
    const rule = execution.decision.rule ?? { on, filter: {} };
    const problems = await payloadProblems(ctx.db, { ...rule, name: execution.automationName }, edited, target);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length) {
      const issues = errors.map(({ line, message }) => ({ path: ['payload'], message: `Line ${line}: ${message}` }));
      throw new AppError('invalid', `payload: ${issues[0]!.message}`, { issues });
    }
    const now = ctx.now();
    const made: NewExecution = {
      ...execution,
      on,
      id: ctx.newId('exe'),
      action: edited,
      status: 'pending',
      reason: null,
      dueAt: now,
      number: 0,
      try: 0,
      secondChanceUsed: false,
      manual: true,
      editedFromId: id,
      createdAt: now,
      finishedAt: null,
    };
    await queueExecutions(ctx.db, [made]);
    return { result: made as Execution, audit: { what: 'execution.edited_and_sent', target: id, after: { execution: made.id } } };
  },
});

export async function replayExecution(ctx: Context, { id, payload }: { id: string } & z.output<typeof ReplayBody>) {
  const execution =
    payload === undefined ? await requeue(ctx, { id, from: ['finished', 'failed', 'pending'] }) : await sendEdited(ctx, { id, payload });
  ctx.engine.tellQueued([{ ...execution, status: 'pending' }]);
  return { executionId: execution.id };
}

/** A waiting one is tried at once; a skipped one is sent after all. */
export async function sendExecutionNow(ctx: Context, { id }: { id: string }) {
  const execution = await requeue(ctx, { id, from: ['pending', 'skipped'] });
  ctx.engine.tellQueued([{ ...execution, status: 'pending' }]);
  return { executionId: execution.id };
}

const STATUS_SENTENCES: Record<Execution['status'], string> = {
  running: 'It is being sent right now. Wait for its result.',
  pending: 'It still waits for its next try. Use "Try now" to send it at once.',
  skipped: 'It was skipped and never sent. Use "Send now".',
  finished: 'It was delivered already. Replay it to send it again.',
  failed: 'It has failed for good. Replay it to send it again.',
};

function requireStatus({ status }: Execution, from: readonly Execution['status'][]): void {
  if (!from.includes(status)) throw conflict(STATUS_SENTENCES[status]);
}

async function requireTarget(db: Db, { action }: Execution): Promise<TargetState> {
  if (action.kind === 'nothing') throw conflict('Its action is to do nothing: there is nothing to send.');
  const target = (await listTargetStates(db, [action.target])).get(action.target.targetId);
  if (!target || target.state === 'gone') throw conflict('Its integration was deleted, so it cannot be sent.');
  if (target.state === 'disabled') throw conflict(`${target.name} is disabled. Enable it in Team settings, then send again.`);
  return target;
}
