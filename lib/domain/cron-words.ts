import type { Schedule } from './filter.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const NUMBER = /^\d{1,2}$/;

/** "Every day at 09:00"; null for schedules that no short phrase says. */
export function cronWords(cron: string): string | null {
  const [minute, hour, date, month, day, ...more] = cron.trim().split(/\s+/);
  if (!minute || !hour || !date || !month || !day || more.length || month !== '*') return null;
  const every = /^\*\/(\d{1,2})$/.exec(minute)?.[1];
  if (hour === '*' && date === '*' && day === '*') {
    if (minute === '*' || every === '1') return 'Every minute';
    if (every) return `Every ${every} minutes`;
    return NUMBER.test(minute) ? `Every hour at ${minute} min past` : null;
  }
  if (!NUMBER.test(minute) || !NUMBER.test(hour)) return null;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (date === '*') {
    const days = dayWords(day);
    return days && `${days} at ${time}`;
  }
  return day === '*' && NUMBER.test(date) ? `On day ${date} of every month at ${time}` : null;
}

function dayWords(day: string): string | null {
  if (day === '*') return 'Every day';
  if (/^(1-5|mon-fri)$/i.test(day)) return 'Every weekday';
  const indexes = day.split(',').map((one) => (/^[0-7]$/.test(one) ? Number(one) : DAY_NAMES.indexOf(one.toLowerCase())));
  if (indexes.includes(-1)) return null;
  return `Every ${indexes.map((index) => DAYS[index]).join(', ')}`;
}

/** "Monday 30 November at 12:34", in the schedule's own zone. */
export const scheduleTime = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(at);

/** "Every day at 09:00 Europe/Berlin", or the expression itself. */
export const scheduleWords = ({ cron, timeZone }: Schedule) => `${cronWords(cron) ?? `On the schedule ${cron},`} ${timeZone}`;
