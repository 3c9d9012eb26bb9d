import type { z } from 'zod';
import { PreviewBody, type PreviewView, type ProblemView } from '#lib/contracts/automations.ts';
import type { Decision } from '#lib/domain/decision.ts';
import { type Rendering, toVariableContext } from '#lib/domain/event-message.ts';
import { isVariableName, valuesFor, variablesFor } from '#lib/domain/template-variables.ts';
import type { Context } from '../context.ts';
import { toEventView } from '../events/event-view.ts';
import { instanceQuery } from '../instance-command.ts';
import { type ChosenEvent, chooseEvent } from './choose-event.ts';
import { judgeChosen } from './judge-chosen.ts';
import { type OpenDraft, openDraft, toJudgedAutomation } from './open-draft.ts';
import { previewRequest } from './preview-request.ts';
import { payloadProblems } from './resolve-automation.ts';

type Problem = z.output<typeof ProblemView>;

/** Everything that a draft would do with one event, without doing it. */
export const previewAutomation = instanceQuery({
  allow: 'signed_in',
  input: PreviewBody,
  run: async (ctx, { automation: raw, eventId, event }): Promise<z.output<typeof PreviewView>> => {
    const draft = await openDraft(ctx, raw);
    const { chosen, decision } = await judgeDraft(ctx, draft, await chooseEvent(ctx, draft, { eventId, event }));
    const rendering = toRendering(ctx, draft, chosen, decision);
    const previewed = draft.action ? await previewRequest(ctx, draft.action, rendering) : null;
    const judged = { filter: rendering.rule.filter, ...(decision.evidence && { evidence: decision.evidence }) };
    return {
      request: previewed?.request ?? null,
      destination: previewed?.destination ?? null,
      message: previewed?.message ?? null,
      decision,
      problems: await problemsOf(ctx, draft),
      event: { ...toEventView(chosen.event, judged), source: chosen.source },
      variables: variablesOf(rendering),
    };
  },
});

const NOT_JUDGED: Decision = { kind: 'skip', because: 'filter_did_not_match', clauses: [] };

/** What a draft would decide, as far as it can be judged yet. */
export async function judgeDraft(
  ctx: Context,
  draft: OpenDraft,
  chosen: ChosenEvent,
): Promise<{ chosen: ChosenEvent; decision: Decision }> {
  const automation = toJudgedAutomation(draft);
  return automation ? judgeChosen(ctx, automation, chosen) : { chosen, decision: NOT_JUDGED };
}

/** For samples the evidence is the sample's own, so that a payload shows values also where the rule is unfinished. */
export function toRendering(ctx: Pick<Context, 'publicUrl'>, draft: OpenDraft, chosen: ChosenEvent, decision: Decision): Rendering {
  const { on = 'run.state', filter = {}, name = 'Untitled automation' } = draft.document;
  return {
    automation: { id: 0, name },
    rule: { on, filter },
    executionId: 'exe_made_when_sent',
    event: chosen.event,
    evidence: decision.evidence ?? chosen.evidence,
    publicUrl: ctx.publicUrl,
  };
}

async function problemsOf(ctx: Context, { document, action, target, issues }: OpenDraft): Promise<Problem[]> {
  const problems: Problem[] = issues.map(({ path, message }) => ({ severity: 'error', path, message }));
  if (!action || !document.on) return problems;
  const { on, filter = {}, name = '' } = document;
  for (const problem of await payloadProblems(ctx.reader, { on, filter, name }, action, target)) {
    const { severity, message, line, column, length, field } = problem;
    problems.push({ severity, message, path: ['action', field], line, column, length });
  }
  if (target && target.state !== 'ok') {
    const message =
      target.state === 'paused' ? `${target.name} keeps failing and is paused.` : `${target.name} is disabled: firings are skipped.`;
    problems.push({ severity: 'warning', path: ['action', target.kind], message });
  }
  return problems;
}

function variablesOf(rendering: Rendering) {
  const values = valuesFor(rendering.event, toVariableContext(rendering));
  return variablesFor(rendering.rule.on).map(({ name, description }) => {
    const value = isVariableName(name) ? values[name] : undefined;
    return { name, description, value: value ?? null, empty: value === undefined || value === null || value === '' };
  });
}
