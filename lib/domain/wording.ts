/** A number as a sentence shows it: short, but never rounded onto another number that it is compared with. */
export function inWords(value: number | null, comparedWith?: number): string {
  if (value === null) return 'none';
  const short = shorten(value);
  return comparedWith !== undefined && value !== comparedWith && short === shorten(comparedWith) ? String(value) : short;
}

/** Five significant digits, whole numbers in full and grouped by thousands. Not Intl, which takes 20 µs. */
function shorten(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  return String(Number(value.toPrecision(5)));
}

/** "a, b and c", cut after the first few. */
export function listInWords(items: readonly string[], most = 5): string {
  if (items.length === 0) return 'none';
  if (items.length > most) return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
  if (items.length === 1) return items[0]!;
  return `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

/** Like listInWords, for things that are all meant. */
export function allInWords(items: readonly string[], most = 5): string {
  return items.length > 1 && items.length <= most ? `${items.slice(0, -1).join(', ')} and ${items.at(-1)}` : listInWords(items, most);
}

export const quoted = (text: string) => `"${text}"`;

export const percentInWords = (fraction: number) => `${inWords(fraction * 100)} %`;
