const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "4 min ago", "in 2 h", "12 d ago"; a date beyond 30 days. What is past counts whole units, what is to come the nearest. */
export function formatRelative(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 5) return seconds >= 0 ? 'just now' : 'now';
  if (distance >= 30 * DAY) return formatDay(at, now);
  return seconds > 0 ? `${formatSpan(distance, Math.floor)} ago` : `in ${formatSpan(distance, Math.round)}`;
}

function formatSpan(seconds: number, whole: (amount: number) => number): string {
  if (seconds < MINUTE) return `${seconds} s`;
  if (whole(seconds / MINUTE) < 60) return `${whole(seconds / MINUTE)} min`;
  if (whole(seconds / HOUR) < 24) return `${whole(seconds / HOUR)} h`;
  return `${whole(seconds / DAY)} d`;
}

/** "12 Mar", with the year when it is another one. */
export function formatDay(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: sameYear ? undefined : 'numeric' }).format(at);
}

/** To the millisecond, in the reader's zone: "21 Nov 2026, 04:28:37.120 GMT+1". */
export function formatExact(at: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  }).format(at);
}

/** "312 ms", "1.24 s", "14.2 s", "3 min 20 s", "2 h 5 min", "3 d 4 h". */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9_995) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < HOUR) return two(Math.floor(seconds / MINUTE), 'min', seconds % MINUTE, 's');
  if (seconds < DAY) return two(Math.floor(seconds / HOUR), 'h', Math.floor((seconds % HOUR) / MINUTE), 'min');
  return two(Math.floor(seconds / DAY), 'd', Math.floor((seconds % DAY) / HOUR), 'h');
}

/** Of something measured in whole seconds: "8 s", "3 min 20 s"; "< 1 s" below. */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) return '< 1 s';
  return seconds < MINUTE ? `${Math.floor(seconds)} s` : formatDuration(Math.floor(seconds) * 1000);
}

const two = (large: number, largeUnit: string, small: number, smallUnit: string) =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

/** Time left of something long: days and hours, and on its last day a clock. */
export const formatLeft = (ms: number) => (ms < DAY * 1000 ? formatCountdown(ms) : formatDuration(ms));

/** Time left as a clock: "14:07", "2:05:00"; never below zero. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const pad = (value: number) => String(value).padStart(2, '0');
  const clock = `${pad(Math.floor((seconds % HOUR) / MINUTE))}:${pad(seconds % MINUTE)}`;
  return seconds < HOUR ? clock : `${Math.floor(seconds / HOUR)}:${clock}`;
}
