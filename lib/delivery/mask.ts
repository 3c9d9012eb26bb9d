import type { HeaderList } from '#lib/domain/delivery-outcome.ts';
import { createSpellingFinder } from './find-spellings.ts';

export const MASK = '••••••••';
/** Shorter values would be found inside ordinary words; they are masked where they were inserted only. */
const MIN_MASKED_LENGTH = 8;

/** Fewer characters say too little of a secret, and would be found at the end of anything. */
const MIN_BEGINNING = 4;

export type Masker = {
  text(text: string): string;
  /** Of a text that was cut: also the beginning of a secret, where the cut went through it. */
  cutText(text: string): string;
  headers(headers: HeaderList): HeaderList;
};

/** The same few secrets are masked in thousands of deliveries a second. By the list of those that are not the delivery's own. */
const known = new WeakMap<readonly string[], Map<string, Masker>>();
const MOST_KNOWN = 500;
const NONE: readonly string[] = [];

/**
 * Hides these values wherever they occur: plain, escaped for JSON, URLs or HTML, in hex or base64 (also inside a longer base64 text).
 * `others` are values besides the delivery's own, in a list that stays the same while they do.
 */
export function createMasker(secrets: readonly string[], others: readonly string[] = NONE): Masker {
  const key = JSON.stringify(secrets);
  let maskers = known.get(others);
  if (!maskers || maskers.size >= MOST_KNOWN) {
    maskers = new Map();
    known.set(others, maskers);
  }
  let masker = maskers.get(key);
  if (!masker) {
    masker = makeMasker([...secrets, ...others]);
    maskers.set(key, masker);
  }
  return masker;
}

function makeMasker(secrets: readonly string[]): Masker {
  const spellings = [...new Set(secrets.filter((secret) => secret.length >= MIN_MASKED_LENGTH).flatMap(spellingsOf))].filter(
    (spelling) => spelling.length >= MIN_MASKED_LENGTH,
  );
  const find = createSpellingFinder(spellings);

  const text = (given: string) => {
    let masked = '';
    let end = 0;
    for (const [from, to] of find(given)) {
      masked += given.slice(end, from) + MASK;
      end = to;
    }
    return end === 0 ? given : masked + given.slice(end);
  };
  const headers = (given: HeaderList) => {
    const all = given.map(([, value]) => value).join('\n');
    return text(all) === all ? given : given.map(([name, value]): [string, string] => [name, text(value)]); // mostly there is nothing to mask
  };
  const cutText = (given: string) => {
    const masked = text(given);
    const length = Math.max(0, ...spellings.map((spelling) => beginningAtEnd(masked, spelling)));
    return length === 0 ? masked : masked.slice(0, -length) + MASK;
  };
  return { text, cutText, headers };
}

/** How many characters of the spelling the text ends with. */
function beginningAtEnd(text: string, spelling: string): number {
  for (let length = Math.min(spelling.length - 1, text.length); length >= MIN_BEGINNING; length--)
    if (text.endsWith(spelling.slice(0, length))) return length;
  return 0;
}

/** Characters that neither JSON nor URLs escape: most tokens, and worth a short cut at thousands of deliveries a second. */
const PLAIN = /^[A-Za-z0-9._~-]+$/;

function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const encoded = [hex, hex.toUpperCase(), ...base64Spellings(bytes)];
  const bare = secret.startsWith('whsec_') ? [secret.slice('whsec_'.length)] : [];
  if (PLAIN.test(secret)) return [secret, ...bare, ...encoded];
  const json = jsonEscape(secret);
  const percent = encodeURIComponent(secret.toWellFormed());
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const escaped = [
    ...bare,
    ...secret.split(/\r?\n/), // a receiver may echo one line of a key file
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[<>&]/g, unicodeEscape), // as Go writes it
    json.replace(/[\u007f-\uffff]/g, unicodeEscape), // as Python writes it
    percent,
    percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    percent.replaceAll('%20', '+'),
    new URLSearchParams([['', secret]]).toString().slice(1),
    html,
    html.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    ...encoded.map(encodeURIComponent),
  ];
  // An echo service quotes the request, which is JSON, in JSON of its own.
  return [secret, ...escaped, ...escaped.map(jsonEscape), ...escaped.map((text) => jsonEscape(jsonEscape(text))), ...encoded];
}

const jsonEscape = (text: string) => JSON.stringify(text).slice(1, -1);
const unicodeEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

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
