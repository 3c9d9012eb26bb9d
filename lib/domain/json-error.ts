export type JsonError = { offset: number; length: number; message: string };

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const SPACE = /[ \t\n\r]*/y;
const PLAIN = /[^"\\]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const MAX_DEPTH = 64;

/**
 * Where and why a text is not JSON, in words and the same in every engine; null when it is.
 * Slower than JSON.parse, which never says more than a position: for editors and failed deliveries only.
 */
export function findJsonError(text: string): JsonError | null {
  const reader = new Reader(text);
  try {
    reader.value(0);
    reader.space();
    if (reader.at < text.length)
      reader.fail('Something follows the end of the JSON value. Remove it, or put both into one object or list.');
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.found;
    throw error;
  }
}

class Failure extends Error {
  readonly found: JsonError;
  constructor(found: JsonError) {
    super(found.message);
    this.found = found;
  }
}

class Reader {
  at = 0;
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  fail(message: string, from = this.at): never {
    throw new Failure({ offset: from, length: Math.max(1, this.at - from), message });
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  space() {
    this.take(SPACE);
  }

  value(depth: number): void {
    this.space();
    if (depth > MAX_DEPTH) this.fail(`This is nested deeper than ${MAX_DEPTH} levels.`);
    const next = this.text[this.at];
    if (next === undefined)
      this.fail(this.at === 0 ? 'There is nothing here. Write a JSON value, such as {}.' : 'The text ends where a value is missing.');
    if (next === '{') this.object(depth);
    else if (next === '[') this.list(depth);
    else if (next === '"') this.string();
    else if (!this.number()) this.word(next);
  }

  private number(): boolean {
    if (!this.take(NUMBER)) return false;
    if (/[\w.]/.test(this.text[this.at] ?? '')) this.fail('This is not a JSON number.');
    return true;
  }

  private word(next: string): void {
    const from = this.at;
    const word = this.take(WORD);
    if (word === 'true' || word === 'false' || word === 'null') return;
    if (word) this.fail(`"${word}" is not a JSON value. Put text in double quotes.`, from);
    if (next === "'") this.fail('Text stands in double quotes in JSON, not in single ones.');
    if (next === '}' || next === ']' || next === ',') this.fail(`A value is missing before "${next}".`);
    this.fail(`A JSON value cannot begin with "${next}".`);
  }

  private string(): void {
    const from = this.at;
    this.at += 1;
    for (;;) {
      const start = this.at;
      const control = controlCharacterIn(this.take(PLAIN));
      if (control !== -1) {
        this.at = start + control;
        this.fail('A line break or control character cannot stand inside a JSON string. Write \\n for a line break.');
      }
      const next = this.text[this.at];
      if (next === '"') {
        this.at += 1;
        return;
      }
      if (next === undefined) {
        this.at = from + 1;
        this.fail('This string is not closed: a double quote is missing.', from);
      }
      if (!this.take(ESCAPE))
        this.fail('A backslash in JSON begins one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000. Write \\\\ for a backslash.');
    }
  }

  private list(depth: number): void {
    this.at += 1;
    this.space();
    if (this.text[this.at] === ']') {
      this.at += 1;
      return;
    }
    for (;;) {
      this.value(depth + 1);
      if (this.endOf(']', 'the list')) return;
    }
  }

  private object(depth: number): void {
    this.at += 1;
    this.space();
    if (this.text[this.at] === '}') {
      this.at += 1;
      return;
    }
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') {
        this.fail(this.text[this.at] === '}' ? 'Remove the comma before "}".' : 'A key in double quotes is missing here.');
      }
      this.string();
      this.space();
      if (this.text[this.at] !== ':') this.fail('A ":" is missing after the key.');
      this.at += 1;
      this.value(depth + 1);
      if (this.endOf('}', 'the object')) return;
    }
  }

  /** After an entry: true at the closing bracket, false at a comma that another entry follows. */
  private endOf(close: '}' | ']', what: string): boolean {
    this.space();
    const next = this.text[this.at];
    if (next === undefined) this.fail(`The text ends before ${what} is closed: "${close}" is missing.`);
    if (next !== close && next !== ',') this.fail(`A "," or "${close}" is missing here.`);
    const comma = this.at;
    this.at += 1;
    if (next === close) return true;
    this.space();
    if (this.text[this.at] === close) {
      this.at = comma;
      this.fail(`Remove the comma before "${close}".`);
    }
    return false;
  }
}

function controlCharacterIn(text: string): number {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) < 32) return index;
  return -1;
}
