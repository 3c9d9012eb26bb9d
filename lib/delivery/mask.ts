import type { HeaderList } from '#lib/domain/delivery-outcome.ts';

export const MASK = '••••••••';
/** Shorter values would be found inside ordinary words; they are masked where they were inserted only. */
export const MIN_MASKED_LENGTH = 8;

export type Masker = { text(text: string): string; headers(headers: HeaderList): HeaderList };

/** Hides these values wherever they occur: plain, JSON-escaped, base64 (also inside a longer base64 text), percent-encoded. */
export function createMasker(secrets: readonly string[]): Masker {
  const spellings = [...new Set(secrets.filter((secret) => secret.length >= MIN_MASKED_LENGTH).flatMap(spellingsOf))]
    .filter((spelling) => spelling.length >= MIN_MASKED_LENGTH)
    .toSorted((a, b) => b.length - a.length); // the longest first, so that no tail of one stays behind

  const text = (given: string) => spellings.reduce((masked, spelling) => masked.replaceAll(spelling, MASK), given);
  return { text, headers: (headers) => headers.map(([name, value]) => [name, text(value)]) };
}

function spellingsOf(secret: string): string[] {
  const percent = encodeURIComponent(secret.toWellFormed());
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= MIN_MASKED_LENGTH); // a receiver may echo one line of a key file
  return [
    secret,
    ...lines,
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
    asciiJson(secret),
    percent,
    percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    percent.replaceAll('%20', '+'),
    ...base64Spellings(Buffer.from(secret)),
  ];
}

/** As encoders that write ASCII only spell it (Python's json.dumps). */
function asciiJson(secret: string): string {
  return JSON.stringify(secret)
    .slice(1, -1)
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The value alone, and the characters that depend on it alone at each of the three places it can begin at inside a longer text. */
function base64Spellings(bytes: Buffer): string[] {
  const inner = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    return encoded.slice(first, end);
  });
  const spellings = [bytes.toString('base64'), ...inner];
  return [...spellings, ...spellings.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}
