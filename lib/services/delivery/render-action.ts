import { type SlackMessage, slackMessage } from '#lib/delivery/slack-message.ts';
import type { Action } from '#lib/domain/automation.ts';
import type { JudgedRule, MetricEvidence } from '#lib/domain/decision.ts';
import { defaultBody } from '#lib/domain/default-body.ts';
import { eventTitle, placeWords } from '#lib/domain/event-words.ts';
import { pagePaths, versionPathAt } from '#lib/domain/page-paths.ts';
import { type ParsedTemplate, parseTemplate, renderTemplate, type SecretLookup } from '#lib/domain/template.ts';
import { type VariableContext, valuesFor } from '#lib/domain/template-variables.ts';
import { namesIn, renderText } from '#lib/domain/text-template.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';

/** What a payload or message is made of: frozen with the execution, so that every attempt says the same. */
export type Rendering = {
  automation: { id: number; name: string };
  rule: JudgedRule;
  executionId: string;
  event: TrackedEvent;
  evidence?: MetricEvidence | undefined;
  publicUrl: string;
};

export const toVariableContext = ({ automation, rule, executionId, publicUrl, evidence }: Rendering): VariableContext => ({
  automation: { ...automation, ...rule },
  executionId,
  publicUrl,
  ...(evidence && { evidence }),
});

/** A webhook's body, and the form of it that may be shown. */
export function renderBody(
  action: Extract<Action, { kind: 'webhook' }>,
  rendering: Rendering,
  secrets: SecretLookup,
): { body: string; shown: string } {
  const context = toVariableContext(rendering);
  if (action.template === null) {
    const body = JSON.stringify(defaultBody(rendering.event, context));
    return { body, shown: body };
  }
  const template = parsed(action.template);
  const { body, bodyMasked } = renderTemplate(template, valuesFor(rendering.event, context, template.names), secrets);
  return { body, shown: bodyMasked };
}

/** A Slack message; `channelTemplate` is the text of messages whose automation has none. */
export function renderMessage(
  action: Extract<Action, { kind: 'slack' }>,
  rendering: Rendering,
  channelTemplate: string | null,
): SlackMessage {
  const { event, evidence, rule, automation } = rendering;
  const context = toVariableContext(rendering);
  const text = (template: string) => renderText(template, valuesFor(event, context, namesIn(template)));
  const oneLine = eventTitle(event, { filter: rule.filter, ...(evidence && { evidence }) });
  return slackMessage({
    title: text(action.title) || automation.name,
    text:
      text(action.text || channelTemplate || '') || `${oneLine} in ${placeWords(event.place)}${event.author ? ` by ${event.author}` : ''}`,
    severity: action.severity,
    fields: [],
    link: linkOf(rendering),
  });
}

function linkOf({ event, publicUrl, executionId }: Rendering): { label: string; url: string } {
  const { place } = event;
  if ('run' in event) {
    return { label: `Open run ${event.run.name}`, url: publicUrl + pagePaths.run(place.entity, place.project, event.run.runId) };
  }
  if ('artifact' in event) {
    const { collection, type, versionIndex } = event.artifact;
    return { label: `Open ${collection}:v${versionIndex}`, url: publicUrl + versionPathAt(place, type, collection, versionIndex) };
  }
  return { label: 'Open the execution', url: publicUrl + pagePaths.execution(executionId) };
}

const PARSED_KEPT = 500;
const known = new Map<string, ParsedTemplate>();

/** Parsed once per text: the same few templates are rendered again and again. */
function parsed(text: string): ParsedTemplate {
  let template = known.get(text);
  if (template) return template;
  template = parseTemplate(text);
  if (known.size >= PARSED_KEPT) known.clear();
  known.set(text, template);
  return template;
}
