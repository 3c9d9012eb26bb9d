import type { JsonValue } from './json.ts';
import { findJsonError } from './json-error.ts';

/** Of a template and of what becomes of it. */
export const MAX_PAYLOAD_BYTES = 256 * 1024;

/** What stands for a secret's value wherever people look. */
export const SECRET_MASK = '•••';

/** `offset` and `length` count UTF-16 units of the template's text. */
export type TemplateProblem = { code: TemplateProblemCode; offset: number; length: number; message: string };
export type TemplateProblemCode = 'unclosed' | 'no_name' | 'not_json' | 'too_large';

export type Placeholder = { name: string; inString: boolean; offset: number; length: number };
type Segment = string | Placeholder;

export type ParsedTemplate = {
  text: string;
  segments: readonly Segment[];
  /** Each name once, in order of appearance. */
  names: readonly string[];
  problems: readonly TemplateProblem[];
  /** Whatever the values are, the body is JSON: it need not be parsed after rendering. */
  alwaysJson: boolean;
};

export type RenderedTemplate = {
  /** The exact text to send. */
  body: string;
  /** The same with SECRET_MASK for every secret's value. */
  bodyMasked: string;
  usedNames: readonly string[];
  usedSecrets: readonly string[];
} & ({ ok: true } | { ok: false; problems: TemplateProblem[] });

/** A secret's value by name; undefined where there is none, or none that may be used. */
export type SecretLookup = (name: string) => string | undefined;

const LITERAL = '$${';
const OPEN = '${';
/** A name runs to "}" and over none of these: they show that the brace was never closed. */
const NAME = /[^{}"\n\r]*\}/y;

/** Never throws: what is wrong with the text comes as problems, with their places. Parse once, render often. */
export function parseTemplate(text: string): ParsedTemplate {
  const segments: Segment[] = [];
  const problems: TemplateProblem[] = [];
  let literal = '';
  let inString = false;
  let at = 0;
  while (at < text.length) {
    const character = text[at]!;
    if (character === '$' && text.startsWith(LITERAL, at)) {
      literal += OPEN;
      at += LITERAL.length;
    } else if (character === '$' && text[at + 1] === '{') {
      NAME.lastIndex = at + OPEN.length;
      const found = NAME.exec(text)?.[0];
      if (found === undefined) {
        problems.push(unclosed(at));
        literal += OPEN;
        at += OPEN.length;
      } else {
        const name = found.slice(0, -1);
        const length = OPEN.length + found.length;
        if (name === '') problems.push(noName(at));
        if (literal) segments.push(literal);
        literal = '';
        segments.push({ name, inString, offset: at, length });
        at += length;
      }
    } else {
      // After a backslash the next character is text, also "$": a value could otherwise close the string around it.
      const taken = inString && character === '\\' ? 2 : 1;
      if (character === '"') inString = !inString;
      literal += text.slice(at, at + taken);
      at += taken;
    }
  }
  if (literal) segments.push(literal);
  const names = [...new Set(segments.flatMap((segment) => (typeof segment === 'string' ? [] : [segment.name])))];
  return { text, segments, names, problems, alwaysJson: isJson(skeletonOf(segments)) };
}

/**
 * The body for these values. Values are inserted once and never searched again; a name without a value is null where
 * JSON expects a value and nothing inside a string. Values win over secrets of the same name.
 */
export function renderTemplate(
  template: ParsedTemplate,
  values: Readonly<Record<string, JsonValue>>,
  secrets?: SecretLookup,
): RenderedTemplate {
  let body = '';
  let bodyMasked = '';
  let usedSecrets: string[] | undefined;
  for (const segment of template.segments) {
    if (typeof segment === 'string') {
      body += segment;
      bodyMasked += segment;
      continue;
    }
    if (body.length > MAX_PAYLOAD_BYTES) break; // refused already, and a few bytes of template can ask for gigabytes
    const value = lookUp(values, segment.name);
    const secret = value === undefined ? secrets?.(segment.name) : undefined;
    const inserted = toInserted(value ?? secret, segment.inString);
    body += inserted;
    if (secret === undefined) {
      bodyMasked += inserted;
    } else {
      bodyMasked += toInserted(SECRET_MASK, segment.inString);
      usedSecrets ??= [];
      if (!usedSecrets.includes(segment.name)) usedSecrets.push(segment.name);
    }
  }
  const rendered = { body, bodyMasked, usedNames: template.names, usedSecrets: usedSecrets ?? [] };
  if (exceedsPayloadLimit(body)) {
    const kept = { body: body.slice(0, MAX_PAYLOAD_BYTES), bodyMasked: bodyMasked.slice(0, MAX_PAYLOAD_BYTES) };
    return { ok: false, ...rendered, ...kept, problems: [tooLarge(template.text.length)] };
  }
  if (template.alwaysJson || isJson(body)) return { ok: true, ...rendered };
  return { ok: false, ...rendered, problems: [notJson(template, values, secrets)] };
}

/** A lookup that shows where the named secrets would stand, for previews. */
export function maskedSecrets(names: Iterable<string>): SecretLookup {
  const known = new Set(names);
  return (name) => (known.has(name) ? SECRET_MASK : undefined);
}

/**
 * The value of a dotted name. Own properties only, so that `constructor` or `__proto__` reach nothing inherited; at each
 * level a key that spells the rest of the name wins over going deeper.
 */
export function lookUp(values: unknown, name: string): JsonValue | undefined {
  let within = values;
  let rest = name;
  while (isContainer(within)) {
    const whole = ownValue(within, rest);
    if (whole !== undefined) return whole;
    const dot = rest.indexOf('.');
    if (dot === -1) return undefined;
    within = ownValue(within, rest.slice(0, dot));
    rest = rest.slice(dot + 1);
  }
  return undefined;
}

/** At most three bytes per UTF-16 unit: short texts need no encoding to be known as small. */
export const exceedsPayloadLimit = (text: string) =>
  text.length * 3 > MAX_PAYLOAD_BYTES && new TextEncoder().encode(text).length > MAX_PAYLOAD_BYTES;

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

function ownValue(container: object, key: string): JsonValue | undefined {
  if (Array.isArray(container) && !/^\d+$/.test(key)) return undefined;
  return Object.hasOwn(container, key) ? (container as Record<string, JsonValue>)[key] : undefined;
}

function toInserted(value: JsonValue | undefined, inString: boolean): string {
  if (!inString) return JSON.stringify(spellNonFinite(value ?? null));
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(spellNonFinite(value)) : String(value);
  return JSON.stringify(text).slice(1, -1);
}

/** JSON has no NaN and no infinities; JSON.stringify would make them null. */
function spellNonFinite(value: JsonValue): JsonValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.some(needsSpelling) ? value.map(spellNonFinite) : value;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (!entries.some(([, inner]) => needsSpelling(inner))) return value;
    return Object.fromEntries(entries.map(([key, inner]) => [key, spellNonFinite(inner)]));
  }
  return value;
}
const needsSpelling = (value: JsonValue) =>
  typeof value === 'number' ? !Number.isFinite(value) : typeof value === 'object' && value !== null;

/**
 * The text with nothing for placeholders inside strings and null for the others. Where that is JSON, each of the latter
 * stands alone in a value's place, so that every rendering is JSON too.
 */
const skeletonOf = (segments: readonly Segment[]) =>
  segments.map((segment) => (typeof segment === 'string' ? segment : segment.inString ? '' : 'null')).join('');

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const unclosed = (offset: number): TemplateProblem => ({
  code: 'unclosed',
  offset,
  length: OPEN.length,
  message: 'The placeholder ${ is not closed. Pick a variable, or write $${ for a literal one.',
});
const noName = (offset: number): TemplateProblem => ({
  code: 'no_name',
  offset,
  length: 3,
  message: 'The placeholder ${} names no variable. Pick one, or write $${ for a literal one.',
});
const tooLarge = (length: number): TemplateProblem => ({
  code: 'too_large',
  offset: 0,
  length,
  message: `The body is larger than ${MAX_PAYLOAD_BYTES / 1024} KiB. Send less, for example links in place of whole values.`,
});

/** Maps the body's first fault back to the place in the template that made it. */
function notJson(template: ParsedTemplate, values: Readonly<Record<string, JsonValue>>, secrets?: SecretLookup): TemplateProblem {
  const masked: SecretLookup = (name) => (secrets?.(name) === undefined ? undefined : SECRET_MASK);
  let body = '';
  const starts: { inBody: number; inText: number; placeholder?: Placeholder }[] = [];
  let inText = 0;
  for (const segment of template.segments) {
    if (typeof segment === 'string') {
      starts.push({ inBody: body.length, inText });
      body += segment;
      inText = sourceOffset(template.text, inText, segment.length);
    } else {
      starts.push({ inBody: body.length, inText, placeholder: segment });
      body += toInserted(lookUp(values, segment.name) ?? masked(segment.name), segment.inString);
      inText = segment.offset + segment.length;
    }
  }
  const error = findJsonError(body) ?? { offset: 0, length: 1, message: 'The body is not JSON.' };
  const start = starts.findLast(({ inBody }) => inBody <= error.offset);
  if (start?.placeholder) {
    const { offset, length, name } = start.placeholder;
    return {
      code: 'not_json',
      offset,
      length,
      message: `With the value of \${${name}} the body is not JSON: ${lowerFirst(error.message)}`,
    };
  }
  const offset = start ? sourceOffset(template.text, start.inText, error.offset - start.inBody) : 0;
  return { code: 'not_json', offset: Math.min(offset, template.text.length), length: error.length, message: error.message };
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** How far `count` characters of a literal segment reach in the text, where "${" may be written "$${". */
function sourceOffset(text: string, from: number, count: number): number {
  let at = from;
  for (let done = 0; done < count; ) {
    const isLiteral = text.startsWith(LITERAL, at);
    at += isLiteral ? LITERAL.length : 1;
    done += isLiteral ? OPEN.length : 1;
  }
  return at;
}
