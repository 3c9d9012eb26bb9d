import { type AutomationEvent, EVENT_TYPES } from './event-types.ts';
import { ACCESS_TOKEN } from './fixed-names.ts';
import type { JsonValue } from './json.ts';
import {
  exceedsPayloadLimit,
  lookUp,
  MAX_PAYLOAD_BYTES,
  maskedSecrets,
  type ParsedTemplate,
  type Placeholder,
  parseTemplate,
  renderTemplate,
} from './template.ts';
import { headOf, isFilledBy, isVariableName, VARIABLE_NAMES, variablesFor, whyEmpty } from './template-variables.ts';

export type PayloadProblem = {
  severity: 'error' | 'warning';
  code:
    | 'unclosed'
    | 'no_name'
    | 'unknown'
    | 'not_granted'
    | 'no_access_token'
    | 'empty_here'
    | 'no_such_key'
    | 'empty_in_sample'
    | 'not_json'
    | 'fragile_json'
    | 'too_large';
  /** One sentence or two: what is wrong and what to do. */
  message: string;
  offset: number;
  length: number;
  /** Both count from 1. */
  line: number;
  column: number;
  /** What to put in place of the marked text, where one answer is likely. */
  replacement?: string;
};

export type PayloadCheck = {
  on: AutomationEvent;
  /** Names of secrets that the webhook may use; ACCESS_TOKEN among them when it has one. */
  grantedSecrets: readonly string[];
  /** Names of all the team's secrets: those not granted get a sentence of their own. */
  existingSecrets: readonly string[];
  /** Known keys of the versions' metadata; without them no key is called unknown. */
  metadataKeys?: readonly string[];
  /** The sample event's values, with which the body must be JSON. */
  sampleValues: Readonly<Record<string, JsonValue>>;
  /** Whether keys that the sample lacks are told: where the sample is on show, and not one that nobody chose. */
  sampleIsShown?: boolean;
};

/** Everything that would make a payload fail or surprise, in the order of the text. Errors forbid saving, warnings do not. */
export function checkTemplate(text: string, check: PayloadCheck): PayloadProblem[] {
  const template = parseTemplate(text);
  const findings: Finding[] = template.problems.map((problem) => ({ severity: 'error', ...problem }));
  for (const placeholder of placeholdersOf(template)) {
    const finding = placeholder.name === '' ? null : checkName(placeholder, check);
    if (finding) findings.push(finding);
  }
  if (exceedsPayloadLimit(text)) findings.push(tooLarge(text));
  else if (template.problems.length === 0) findings.push(...checkJson(template, check));
  return findings.toSorted((a, b) => a.offset - b.offset).map((finding) => ({ ...finding, ...placeOf(text, finding.offset) }));
}

type Finding = Omit<PayloadProblem, 'line' | 'column'>;

const placeholdersOf = (template: ParsedTemplate) =>
  template.segments.filter((segment): segment is Placeholder => typeof segment !== 'string');

function checkName(placeholder: Placeholder, check: PayloadCheck): Finding | null {
  const { name, offset, length } = placeholder;
  const at = { offset, length };
  if (check.grantedSecrets.includes(name)) return null;
  if (name === ACCESS_TOKEN) {
    return { severity: 'warning', code: 'no_access_token', ...at, message: 'ACCESS_TOKEN is empty: this webhook has no access token.' };
  }
  const head = headOf(name);
  if (isVariableName(head) && (head === name || head === 'artifact_metadata' || head === 'summary' || head === 'metric_values')) {
    if (!isFilledBy(head, check.on)) {
      const message = `${name} is empty for “${EVENT_TYPES[check.on].label}”: ${whyEmpty(head)}`;
      return { severity: 'warning', code: 'empty_here', ...at, message };
    }
    if (head === name) return null;
    const unknown = head === 'artifact_metadata' ? checkMetadataKey(name.slice(head.length + 1), at, check) : null;
    return unknown ?? (check.sampleIsShown ? checkSampleKey(placeholder, check) : null);
  }
  if (check.existingSecrets.includes(name)) {
    const message = `The secret ${name} exists, but this webhook may not use it. An admin can grant it in the webhook’s settings.`;
    return { severity: 'error', code: 'not_granted', ...at, message };
  }
  return unknownName(name, at, check);
}

function checkMetadataKey(key: string, at: { offset: number; length: number }, { metadataKeys }: PayloadCheck): Finding | null {
  const known = metadataKeys ?? [];
  if (known.length === 0 || known.includes(key) || known.includes(headOf(key))) return null;
  const closest = closestTo(key, known);
  return {
    severity: 'warning',
    code: 'no_such_key',
    ...at,
    message: `No version so far has the metadata key ${key}${closest ? `; did you mean ${closest}?` : '.'}`,
    ...(closest && { replacement: placeholderOf(`artifact_metadata.${closest}`) }),
  };
}

function checkSampleKey({ name, inString, offset, length }: Placeholder, { sampleValues }: PayloadCheck): Finding | null {
  const value = lookUp(sampleValues, name);
  if (value !== undefined && value !== null) return null;
  const message = `${name} is empty in this sample: ${inString ? 'nothing stands in its place' : 'it is sent as null'}.`;
  return { severity: 'warning', code: 'empty_in_sample', offset, length, message };
}

function unknownName(name: string, at: { offset: number; length: number }, check: PayloadCheck): Finding {
  const here = variablesFor(check.on).map((variable) => variable.name as string);
  const closest = closestTo(name, here) ?? closestTo(name, [...VARIABLE_NAMES, ACCESS_TOKEN, ...check.grantedSecrets]);
  const message = closest
    ? `There is no variable or secret named ${name}. Did you mean ${closest}?`
    : `There is no variable or secret named ${name}. Pick one from the list, or write $\${ for a literal one.`;
  return { severity: 'error', code: 'unknown', ...at, message, ...(closest && { replacement: placeholderOf(closest) }) };
}

const placeholderOf = (name: string) => `\${${name}}`;

function checkJson(template: ParsedTemplate, check: PayloadCheck): Finding[] {
  const rendered = renderTemplate(template, check.sampleValues, maskedSecrets(check.grantedSecrets));
  if (!rendered.ok) return rendered.problems.map((problem) => ({ severity: 'error', ...problem }));
  if (template.alwaysJson) return [];
  const outside = placeholdersOf(template).find(({ inString }) => !inString);
  return [
    {
      severity: 'warning',
      code: 'fragile_json',
      offset: outside?.offset ?? 0,
      length: outside?.length ?? 1,
      message:
        'This is JSON with the sample event, but not with every value. Put placeholders into double quotes, or let each stand alone as a value.',
    },
  ];
}

const tooLarge = (text: string): Finding => ({
  severity: 'error',
  code: 'too_large',
  offset: 0,
  length: text.length,
  message: `A payload has at most ${MAX_PAYLOAD_BYTES / 1024} KiB; this one is larger.`,
});

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

/** The name that someone probably meant: the same letters in other case, or at most a third of them changed. */
export function closestTo(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.trim().toLowerCase().slice(0, 128);
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance <= Math.max(1, Math.floor(candidate.length / 3)) && distance < (best?.distance ?? Infinity))
      best = { candidate, distance };
  }
  return best?.candidate;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
