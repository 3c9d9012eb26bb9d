import { RE2JS } from 're2js';

export const MAX_PATTERN_LENGTH = 1024;
const CACHE_SIZE = 500;

/** Compiling costs tens of microseconds, searching about one: the last patterns used are kept compiled. */
const compiled = new Map<string, RE2JS>();

function compile(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) {
    compiled.delete(pattern);
    compiled.set(pattern, known);
    return known;
  }
  const fresh = RE2JS.compile(pattern);
  compiled.set(pattern, fresh);
  if (compiled.size > CACHE_SIZE) compiled.delete(compiled.keys().next().value!);
  return fresh;
}

/** Whether the RE2 pattern is found anywhere in the text. Throws for a pattern that checkPattern refuses. */
export const searchPattern = (pattern: string, text: string) => compile(pattern).test(text);

/** Why the pattern cannot be used, as a sentence; null when it can. */
export function checkPattern(pattern: string): string | null {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    return `A regular expression has at most ${MAX_PATTERN_LENGTH.toLocaleString('en')} characters.`;
  }
  try {
    compile(pattern);
    return null;
  } catch (error) {
    const reason = (error as Error).message.replace(/^error parsing regexp: /, '').replaceAll('`', '"');
    const hint = /Perl syntax|escape sequence/.test(reason) ? ' RE2 has no look-around and no back-references.' : '';
    return `This is not a regular expression in RE2 syntax: ${reason}.${hint}`;
  }
}
