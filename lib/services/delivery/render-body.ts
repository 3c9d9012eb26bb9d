import type { Action } from '#lib/domain/automation.ts';
import { defaultBody } from '#lib/domain/default-body.ts';
import { type Rendering, toVariableContext } from '#lib/domain/event-message.ts';
import { type ParsedTemplate, parseTemplate, renderTemplate, type SecretLookup } from '#lib/domain/template.ts';
import { valuesFor } from '#lib/domain/template-variables.ts';

/** A webhook's body, and the form of it that may be shown. `tooLarge`: only the beginning of what it would be. */
export function renderBody(
  action: Extract<Action, { kind: 'webhook' }>,
  rendering: Rendering,
  secrets: SecretLookup,
): { body: string; shown: string; tooLarge: boolean } {
  const context = toVariableContext(rendering);
  if (action.template === null) {
    const body = JSON.stringify(defaultBody(rendering.event, context));
    return { body, shown: body, tooLarge: false };
  }
  const template = parsed(action.template);
  const rendered = renderTemplate(template, valuesFor(rendering.event, context, template.names), secrets);
  const tooLarge = !rendered.ok && rendered.problems.some(({ code }) => code === 'too_large');
  return { body: rendered.body, shown: rendered.bodyMasked, tooLarge };
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
