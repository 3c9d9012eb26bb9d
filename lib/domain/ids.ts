export const automationIdText = (id: number) => `aut_${id}`;
export const webhookIdText = (id: number) => `whk_${id}`;
export const slackChannelIdText = (id: number) => `slk_${id}`;

/** The number behind `aut_17`; null for anything else, so that a wrong id reads as not found. */
export function parseNumberedId(prefix: 'aut' | 'whk' | 'slk', text: string): number | null {
  const match = /^([a-z]{3})_([1-9]\d{0,15})$/.exec(text);
  return match && match[1] === prefix ? Number(match[2]) : null;
}

export const ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_LENGTH = 9; // 45 bits of milliseconds: until the year 3084

/** A number in the digits that ids are made of: as text it sorts as it does as a number. */
export function idDigits(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / ID_ALPHABET.length)) {
    text = ID_ALPHABET[rest % ID_ALPHABET.length] + text;
  }
  return text;
}

/** What ids made at a moment begin with: ids made later sort behind it, those made earlier before it. */
export const idTime = (prefix: string, atMs: number) => `${prefix}_${idDigits(Math.max(0, atMs), TIME_LENGTH)}`;
