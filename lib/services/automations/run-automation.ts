import { z } from 'zod';
import { RunNowBody } from '#lib/contracts/automations.ts';
import { judgedPartOf } from '#lib/domain/judged-part.ts';
import { conflict } from '#lib/errors.ts';
import { findEntity } from '#lib/store/entities.ts';
import { type NewExecution, queueExecutions } from '#lib/store/executions.ts';
import { listTargetStates } from '#lib/store/target-states.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { documentOf } from './audited-automation.ts';
import { chooseEvent } from './choose-event.ts';
import { getStoredAutomation, guardedOfAutomation } from './find-automation.ts';
import { lacksIntegration } from './integration-rights.ts';
import { judgeChosen } from './judge-chosen.ts';

/** A real execution on a chosen event, whatever the filter says of it; marked manual and under no limit. */
const queueRun = command({
  permission: 'automations:write',
  input: RunNowBody.extend({ id: z.string() }),
  entityOf: (ctx, { id }) => guardedOfAutomation(ctx.db, id),
  also: async (ctx, { id }) => {
    const { automation } = await getStoredAutomation(ctx.db, id);
    const entity = automation.action.kind === 'nothing' ? null : await findEntity(ctx.db, automation.action.target.entityId);
    return entity ? [{ permission: 'integrations:use', entity, otherwise: lacksIntegration(entity) }] : [];
  },
  prepare: async (ctx, { id, eventId, event }) => {
    const { automation, guarded } = await getStoredAutomation(ctx.db, id);
    const { on, filter, scope } = automation;
    const draft = { document: { on, filter }, scope: { scope, guarded, entity: guarded } };
    return judgeChosen(ctx, automation, await chooseEvent(ctx, draft, { eventId, event }));
  },
  run: async (ctx, { id }, { chosen, decision: judged }) => {
    const { automation } = await getStoredAutomation(ctx.db, id);
    const { action, on, filter } = automation;
    if (action.kind !== 'nothing') {
      const target = (await listTargetStates(ctx.db, [action.target])).get(action.target.targetId);
      if (!target || target.state === 'gone') throw conflict('Its integration was deleted. Choose another one, then run it.');
      if (target.state === 'disabled') throw conflict(`${target.name} is disabled. Enable it in Team settings, then run the automation.`);
    }
    const now = ctx.now();
    const evidence = judged.evidence ?? chosen.evidence;
    const who = 'username' in ctx.actor ? ctx.actor.username : 'the system';
    const isOver = action.kind === 'nothing';
    const execution: NewExecution = {
      entityId: automation.entityId,
      id: ctx.newId('exe'),
      automationId: automation.id,
      automationName: automation.name,
      on,
      eventId: chosen.event.id,
      event: judgedPartOf(chosen.event, judged),
      decision: {
        kind: 'fire',
        clauses: [{ clause: 'manual', holds: true, text: `Run by ${who}, on ${SOURCES[chosen.source]}` }, ...judged.clauses],
        rule: { on, filter },
        ...(evidence && { evidence }),
      },
      action,
      retry: automation.retry,
      status: isOver ? 'finished' : 'pending',
      reason: null,
      dueAt: isOver ? null : now,
      number: 0,
      try: 0,
      secondChanceUsed: false,
      manual: true,
      editedFromId: null,
      createdAt: now,
      finishedAt: isOver ? now : null,
    };
    await queueExecutions(ctx.db, [execution]);
    const audit = {
      what: 'automation.run',
      target: automation.name,
      after: { execution: execution.id, automation: await documentOf(ctx.db, automation) },
    };
    return { result: execution, audit };
  },
});

const SOURCES = { stored: 'a stored event', sample: 'a built-in sample event', edited: 'an edited event' };

export async function runAutomation(ctx: Context, input: Parameters<typeof queueRun>[1]): Promise<{ executionId: string }> {
  const execution = await queueRun(ctx, input);
  ctx.engine.tellQueued([execution]);
  return { executionId: execution.id };
}
