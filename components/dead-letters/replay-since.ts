const HOUR = 3_600_000;

/** From when on to replay; the exact date stands under each. */
export const SINCE_PRESETS = {
  '1h': { label: '1 hour', ms: HOUR },
  '6h': { label: '6 hours', ms: 6 * HOUR },
  '24h': { label: '24 hours', ms: 24 * HOUR },
  '7d': { label: '7 days', ms: 7 * 24 * HOUR },
  '30d': { label: '30 days', ms: 30 * 24 * HOUR },
} as const;

export type SincePreset = keyof typeof SINCE_PRESETS;
export const SINCE_PRESET_NAMES = Object.keys(SINCE_PRESETS) as SincePreset[];

/** Unless the inbox is narrowed to another. */
export const FIRST_PRESET: SincePreset = '24h';

export const sinceOf = (preset: SincePreset, openedAt: number) => new Date(openedAt - SINCE_PRESETS[preset].ms).toISOString();

/** "30 Nov, 02:14:05": to the second, because it decides what is sent. */
export const exactly = (at: number) =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);

/** What `<input type="datetime-local">` shows and gives: local time without a zone. */
export function toLocalInput(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** Null while it is no date. */
export function fromLocalInput(text: string): number | null {
  const at = new Date(text).getTime();
  return text === '' || Number.isNaN(at) ? null : at;
}
