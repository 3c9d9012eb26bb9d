import type { JsonValue } from './json.ts';

/** A JSON value as a Python literal; JSON's strings are Python's. */
export function toPython(value: JsonValue, indent = ''): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const deeper = `${indent}    `;
  if (Array.isArray(value)) {
    const items = value.map((item) => toPython(item, deeper));
    const flow = `[${items.join(', ')}]`;
    if (flow.length <= 72 && !flow.includes('\n')) return flow;
    return `[\n${items.map((item) => `${deeper}${item},\n`).join('')}${indent}]`;
  }
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${toPython(inner, deeper)}`);
  const flow = `{${entries.join(', ')}}`;
  if (entries.length <= 1 && flow.length <= 72 && !flow.includes('\n')) return flow;
  return `{\n${entries.map((entry) => `${deeper}${entry},\n`).join('')}${indent}}`;
}
