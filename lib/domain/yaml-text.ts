import type { JsonValue } from './json.ts';

const PLAIN = /^[A-Za-z_][\w./-]*(?: [\w./-]+)*$/;
/** Words that some reader takes for something other than text. */
const NOT_TEXT = /^(?:true|false|null|yes|no|on|off|y|n|none|inf|nan|[._]+.*)$/i;
const MAX_FLOW = 100;

/** A JSON value as YAML 1.2; long texts as blocks. Written by hand: the yaml package is 40 KB in the browser. */
export function toYaml(value: JsonValue): string {
  const text = nodeOf(value, '');
  return text.startsWith('\n') ? `${text.slice(1)}\n` : `${text.trimStart()}\n`;
}

/** What follows "key:" or "-": a scalar after a space, or indented lines after a line break. */
function nodeOf(value: JsonValue, indent: string): string {
  if (typeof value === 'string') return stringNode(value, indent);
  if (typeof value !== 'object' || value === null) return ` ${JSON.stringify(value)}`;
  if (Array.isArray(value)) return listNode(value, indent);
  const entries = Object.entries(value);
  if (entries.length === 0) return ' {}';
  return entries.map(([key, inner]) => `\n${indent}${keyText(key)}:${nodeOf(inner, `${indent}  `)}`).join('');
}

function listNode(items: JsonValue[], indent: string): string {
  const flow = ` [${items.map((item) => (typeof item === 'string' ? flowText(item) : JSON.stringify(item))).join(', ')}]`;
  if (items.every((item) => typeof item !== 'object' || item === null) && flow.length <= MAX_FLOW) return flow;
  return items
    .map((item) => {
      const node = nodeOf(item, `${indent}  `);
      // The first key of a map stands beside the dash.
      return `\n${indent}-${node.startsWith('\n') ? ` ${node.slice(1 + indent.length + 2)}` : node}`;
    })
    .join('');
}

const flowText = (text: string) => (/^[A-Za-z_][\w-]*$/.test(text) ? scalarText(text) : JSON.stringify(text));

function stringNode(text: string, indent: string): string {
  return isBlock(text) ? ` |${text.endsWith('\n') ? '' : '-'}\n${indentLines(text, indent || '  ')}` : ` ${scalarText(text)}`;
}

const scalarText = (text: string) => (PLAIN.test(text) && !NOT_TEXT.test(text) ? text : quoted(text));

/** `on` as the documents spell it: YAML 1.2 takes it for text. */
const keyText = (key: string) => (key === 'on' ? key : scalarText(key));

/** JSON's strings are YAML's double-quoted ones, but for what YAML calls unprintable or a line break. */
const quoted = (text: string) =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Whether a text of several lines can be written as it stands, with at most one line break at its end. */
function isBlock(text: string): boolean {
  if (!text.trimEnd().includes('\n') || text.endsWith('\n\n') || /^\s/.test(text)) return false;
  return ![...text].some((character) => isUnprintable(character.codePointAt(0)!)) && !/[ \t]$/m.test(text);
}

const isUnprintable = (code: number) =>
  (code < 32 && code !== 10) ||
  (code >= 0x7f && code <= 0x9f) ||
  (code >= 0xd800 && code <= 0xdfff) ||
  [0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff].includes(code);

const indentLines = (text: string, indent: string) =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line ? indent + line : ''))
    .join('\n');
