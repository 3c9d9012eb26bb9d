import { z } from 'zod';
import type { AttemptView, ExecutionView } from '#lib/contracts/automations.ts';
import type { Attempt, Execution } from '#lib/domain/execution.ts';
import { type Role, roleMay } from '#lib/domain/permissions.ts';
import { shownUrl } from '#lib/domain/target.ts';
import { findEntity } from '#lib/store/entities.ts';
import { listAttempts } from '#lib/store/execution-history.ts';
import { findTarget } from '#lib/store/targets.ts';
import { standingOf } from '../access.ts';
import { toActionDocument } from '../automations/automation-document.ts';
import { previewRequest } from '../automations/preview-request.ts';
import { query } from '../command.ts';
import type { Context } from '../context.ts';
import { toRendering } from '../delivery/deliver-execution.ts';
import { toEventView } from '../events/event-view.ts';
import { integrationPath } from '../targets/used-by.ts';
import { toExecutionRow } from './execution-row.ts';
import { getStoredExecution, guardedOfExecution } from './find-execution.ts';
import { outcomeText } from './outcome-text.ts';

type View = z.output<typeof ExecutionView>;

/** One execution with everything that is known of it: event, decision, request, every attempt. */
export const getExecution = query({
  permission: 'see',
  input: z.object({ id: z.string() }),
  entityOf: (ctx, { id }) => guardedOfExecution(ctx.db, id),
  run: async (ctx, { id }): Promise<View> => {
    const { item } = await getStoredExecution(ctx.reader, id);
    const { execution } = item;
    const stored = await listAttempts(ctx.reader, execution.entityId, id);
    const sight = await sightOf(ctx, execution);
    const attempts = stored.map((attempt) => shownAttempt(attempt, sight));
    const row = toExecutionRow(item);
    const pausedUntil = await pauseOf(ctx, execution);
    const last = stored.findLast(({ request }) => request !== null)?.request;
    const planned = last ? null : await previewRequest(ctx, execution.action, toRendering(execution, ctx.publicUrl));
    return {
      ...row,
      nextAttemptAt: row.nextAttemptAt === null ? null : Math.max(row.nextAttemptAt, pausedUntil ?? 0),
      event: toEventView(execution.event, { filter: execution.decision.rule?.filter ?? {}, ...evidenceOf(execution) }),
      decision: execution.decision,
      action: toActionDocument(execution.action, { target: () => row.target.name }),
      request: last ? { ...last, url: sight.url(last.url) } : (planned?.request ?? null),
      attempts,
      delaysSeconds: execution.retry.delaysSeconds,
      editedFrom: execution.editedFromId,
      targetHref: sight.targetHref,
      outcome: outcomeText(
        { ...execution, attempts: stored.map((attempt) => ({ ...attempt, error: sight.error(attempt.error) })) },
        { name: row.target.name, paused: pausedUntil !== null },
      ),
      can: canDo(execution, ctx.role),
    };
  },
});

/** While the circuit breaker of its target is open nothing that waits for it goes before then. */
async function pauseOf({ reader }: Context, { status, action }: Execution): Promise<number | null> {
  if (status !== 'pending' || action.kind === 'nothing') return null;
  const { entityId, targetId } = action.target;
  return (await findTarget(reader, entityId, targetId))?.pausedUntil ?? null;
}

const evidenceOf = ({ decision: { evidence } }: Execution) => (evidence ? { evidence } : {});

/** What this reader may see of addresses: a URL is in full for admins of its entity, a refused address for instance admins. */
type Sight = { url: (url: string) => string; error: (error: Attempt['error']) => Attempt['error']; targetHref: string | null };

async function sightOf(ctx: Context, { action }: Execution): Promise<Sight> {
  const owner = action.kind === 'nothing' ? null : await findEntity(ctx.reader, action.target.entityId);
  const role = owner && (await standingOf(ctx.reader, ctx.actor, owner)).role;
  const seesUrls = role === 'admin';
  const seesAddresses = 'instanceAdmin' in ctx.actor && ctx.actor.instanceAdmin;
  return {
    targetHref:
      owner && action.kind !== 'nothing' && roleMay(role, 'integrations:list')
        ? integrationPath(owner.name, { kind: action.kind, id: action.target.targetId })
        : null,
    url: (url) => (seesUrls || !URL.canParse(url) ? url : shownUrl(url)),
    error: (error) => error && { ...error, message: seesAddresses ? (error.adminMessage ?? error.message) : error.message },
  };
}

function shownAttempt(attempt: Attempt, sight: Sight): z.output<typeof AttemptView> {
  const { request, response } = attempt;
  const error = sight.error(attempt.error);
  return {
    number: attempt.number,
    try: attempt.try,
    request: request ? { ...request, url: sight.url(request.url) } : { url: '', headers: [] },
    startedAt: attempt.startedAt,
    durationMs: attempt.durationMs,
    ...(attempt.address !== null && { address: attempt.address }),
    ...(attempt.timings && { timings: attempt.timings }),
    ...(response && { status: response.status, headers: response.headers, body: response.body, cut: response.cut }),
    ...(error && { error }),
  };
}

/** What this visitor can do with it now. */
function canDo({ status, action }: Execution, role: Role | null): View['can'] {
  const may = roleMay(role, 'executions:replay') && action.kind !== 'nothing';
  return {
    replay: may && (status === 'finished' || status === 'failed'),
    tryNow: may && status === 'pending',
    sendNow: may && status === 'skipped',
    editAndSend: may && action.kind === 'webhook' && status !== 'running',
  };
}
