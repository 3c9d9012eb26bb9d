const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400, '': 1 };
const DELAY = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/;

/** "5 s, 5 min, 2 h" in seconds; a sentence for what cannot be read. */
export function parseDelays(text: string): number[] | string {
  const delays: number[] = [];
  for (const part of text.split(',').map((one) => one.trim().toLowerCase())) {
    if (part === '') continue;
    const [, amount, unit] = DELAY.exec(part) ?? [];
    const seconds = UNIT_SECONDS[unit ?? '?'];
    if (amount === undefined || seconds === undefined)
      return `“${part}” is no time. Write such as 30 s, 5 min or 2 h, with commas between.`;
    delays.push(Number(amount) * seconds);
  }
  return delays;
}
