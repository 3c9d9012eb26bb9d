import type { JsonValue } from './json.ts';
import { lookUp } from './template.ts';

const PLACEHOLDER = /\$\$\{|\$\{([^{}\n\r]+)\}/g;

/** More than any message shows; a template may name megabytes of metadata many times. */
const MOST_OF_A_VALUE = 4000;

/**
 * Plain text with ${name}, as Slack titles and texts are; the JSON rules of payloads do not apply. `toSafe` is given each
 * value's text before it goes in, and a missing one is empty. Values are not searched again.
 */
export function renderText(text: string, values: Readonly<Record<string, JsonValue>>, toSafe = (value: string) => value): string {
  return text.replace(PLACEHOLDER, (found, name: string | undefined) => {
    if (name === undefined) return found.slice(1);
    const value = lookUp(values, name);
    if (value === undefined || value === null) return '';
    return toSafe((typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, MOST_OF_A_VALUE));
  });
}

/** The names that a text asks for. */
export const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(PLACEHOLDER)].flatMap(([, name]) => (name === undefined ? [] : [name]))),
];
