/** Where a secret was found, and how it was written there. */
export interface Finding {
  secret: string;
  spelling: string;
  /** What stands around it. */
  excerpt: string;
}

const SHORTEST = 8;
const AROUND = 60;
const LONGEST_JSON = 4_000_000;

type Needle = { secret: string; spelling: string; bytes: Buffer };

/**
 * Looks for secrets in whatever a server wrote or answered, in every spelling. On its own, not with the product's list of
 * spellings: it is there to find what that list forgot.
 */
export function createFinder(secrets: Iterable<string>): (given: string | Uint8Array) => Finding[] {
  const needles = new Map<number, Needle[]>();
  const begun = new Uint8Array(1 << 24); // which three bytes begin a needle: a quick no for nearly every place
  for (const secret of new Set(secrets))
    for (const [spelling, bytes] of spellingsOf(secret)) {
      const beginning = bytes.readUIntLE(0, 3);
      begun[beginning] = 1;
      needles.set(beginning, [...(needles.get(beginning) ?? []), { secret, spelling, bytes }]);
    }

  const inBytes = (given: Uint8Array): Finding[] => {
    const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    const found: Finding[] = [];
    for (let at = 0; at + SHORTEST <= bytes.length; at++) {
      const beginning = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
      if (begun[beginning] === 0) continue;
      for (const needle of needles.get(beginning)!) {
        const end = at + needle.bytes.length;
        if (bytes[end - 1] !== needle.bytes.at(-1) || bytes.compare(needle.bytes, 0, undefined, at, end) !== 0) continue;
        const excerpt = bytes.toString('latin1', Math.max(0, at - AROUND), end + AROUND);
        found.push({ secret: needle.secret, spelling: needle.spelling, excerpt });
      }
    }
    return found;
  };
  const inText = (text: string): Finding[] => [...inBytes(Buffer.from(text)), ...textsInside(text).flatMap(inText)];
  return (given) => (typeof given === 'string' ? inText(given) : inBytes(given));
}

/** The texts in a JSON document, as whoever parses it reads them; a body kept inside a document is one. */
function textsInside(text: string): string[] {
  if (!/^\s*[[{"]/.test(text) || text.length > LONGEST_JSON) return [];
  const texts: string[] = [];
  try {
    JSON.parse(text, (key, value) => {
      if (typeof value === 'string' && value !== text) texts.push(value);
      if (key.length >= SHORTEST) texts.push(key);
    });
  } catch {
    return []; // it only looks like JSON
  }
  return texts;
}

export function spellingsOf(secret: string): Map<string, Buffer> {
  const spellings = new Map<string, Buffer>();
  const add = (spelling: string, value: string | Buffer) => {
    const bytes = Buffer.from(value as string);
    if (bytes.length >= SHORTEST && ![...spellings.values()].some((known) => known.equals(bytes))) spellings.set(spelling, bytes);
  };
  const bytes = Buffer.from(secret);
  add('plain', secret);
  for (const [number, line] of secret.split(/\r?\n/).entries()) add(`line ${number + 1}`, line);
  if (secret.startsWith('whsec_')) {
    add('without its prefix', secret.slice('whsec_'.length));
    add('decoded', Buffer.from(secret.slice('whsec_'.length), 'base64'));
  }
  if (/^[A-Za-z0-9+/]{43}=$/.test(secret)) add('decoded', Buffer.from(secret, 'base64'));
  add('UTF-16', Buffer.from(secret, 'utf16le'));
  add('hex', bytes.toString('hex'));
  add('upper-case hex', bytes.toString('hex').toUpperCase());
  for (const [spelling, text] of escapesOf(secret)) {
    add(spelling, text);
    add(`${spelling}, in JSON`, JSON.stringify(text).slice(1, -1));
  }
  for (const [variant, text] of base64Of(bytes)) {
    add(`base64${variant}`, text);
    add(`base64url${variant}`, text.replaceAll('+', '-').replaceAll('/', '_'));
    add(`percent-encoded base64${variant}`, encodeURIComponent(text));
  }
  return spellings;
}

function escapesOf(secret: string): [string, string][] {
  const json = JSON.stringify(secret).slice(1, -1);
  const escaped = (text: string, which: RegExp) => text.replace(which, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const percent = encodeURIComponent(secret);
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    ['JSON', json],
    ['JSON with escaped slashes', json.replaceAll('/', '\\/')],
    ['JSON as Go writes it', escaped(json, /[<>&]/g)],
    ['JSON as Python writes it', escaped(json, /[^\x20-\x7e]/g)],
    ['percent-encoded', percent],
    ['percent-encoded in lower case', percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
    ['of a form', percent.replaceAll('%20', '+')],
    ['of URLSearchParams', new URLSearchParams([['', secret]]).toString().slice(1)],
    ['HTML', html],
    ['HTML with quotes', html.replaceAll('"', '&quot;').replaceAll("'", '&#39;')],
  ];
}

/** Alone, and what depends on the secret alone at each place where it can begin inside a longer text. */
function base64Of(bytes: Buffer): [string, string][] {
  const inside = [0, 1, 2].map((before): [string, string] => {
    const text = Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(3)]).toString('base64');
    return [` from place ${before}`, text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3))];
  });
  return [['', bytes.toString('base64')], ...inside];
}
