/** A number as a sentence shows it: short, but never rounded onto another number that it is compared with. */
export function inWords(value: number | null, comparedWith?: number): string {
  if (value === null) return 'none';
  const short = shorten(value);
  return comparedWith !== undefined && value !== comparedWith && short === shorten(comparedWith) ? String(value) : short;
}

function shorten(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en');
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

export function secondsInWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return `${Math.floor(whole / 60)} min`;
  if (whole < 172_800) return `${Math.floor(whole / 3600)} h`;
  return `${Math.floor(whole / 86_400)} days`;
}

export const percentInWords = (fraction: number) => `${inWords(fraction * 100)} %`;
