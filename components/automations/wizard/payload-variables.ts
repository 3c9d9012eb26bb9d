import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { lookUp, type Placeholder, parseTemplate, SECRET_MASK } from '#lib/domain/template.ts';
import { headOf, isVariableName, variableDescription, variablesFor } from '#lib/domain/template-variables.ts';

/** What the editor's completion and hover know: the event's variables with the sample's values, and the secrets that may be used. */
export type PayloadNames = {
  on: AutomationEvent;
  sampleValues: Readonly<Record<string, JsonValue>>;
  secretNames: readonly string[];
};

export type PayloadName = { name: string; description: string; sample: string };

/** The placeholders of a payload's text, by the rules by which it is rendered: a literal "$${" is none. */
export const placeholdersIn = (text: string): Placeholder[] =>
  parseTemplate(text).segments.filter((segment) => typeof segment !== 'string');

/** A value as it fits on one line. */
export function sampleText(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === '') return 'empty';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Every name to offer: variables of the event, the sample's metadata and summary by key, secrets. */
export function namesToOffer({ on, sampleValues, secretNames }: PayloadNames): PayloadName[] {
  const variables = variablesFor(on).flatMap(({ name, description }) => {
    const value = sampleValues[name];
    const inner = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
    return [
      { name: name as string, description, sample: sampleText(value) },
      ...inner.map(([key, one]) => ({ name: `${name}.${key}`, description, sample: sampleText(one) })),
    ];
  });
  return [
    ...variables,
    ...secretNames.map((name) => ({ name, description: 'A secret: masked wherever people look.', sample: SECRET_MASK })),
  ];
}

/** What a placeholder stands for; null for names that nobody knows. */
export function explainName(name: string, { sampleValues, secretNames }: PayloadNames): PayloadName | null {
  if (secretNames.includes(name)) return { name, description: 'A secret: masked wherever people look.', sample: SECRET_MASK };
  const head = headOf(name);
  if (!isVariableName(head)) return null;
  const value = lookUp(sampleValues, name);
  return { name, description: variableDescription(head), sample: sampleText(value) };
}
