import { Cron } from 'croner';
import type { Schedule } from './filter.ts';

const FIVE_YEARS_MS = 5 * 366 * 24 * 60 * 60 * 1000;
const NICKNAMES = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** A clock time that a change to summer time leaves out comes an hour later, one that occurs twice counts once. */
const cronOf = ({ cron, timeZone }: Schedule) => new Cron(cron.trim(), { timezone: timeZone, paused: true, mode: '5-part' });

/** Why the schedule cannot be used, as an issue relative to it; null when it can. */
export function checkSchedule(schedule: Schedule, nowMs: number): { field: 'cron' | 'timeZone'; message: string } | null {
  if (!isTimeZone(schedule.timeZone)) {
    return { field: 'timeZone', message: `There is no time zone "${schedule.timeZone}". Give a name such as Europe/Berlin or UTC.` };
  }
  const cron = schedule.cron.trim();
  if (cron.split(/\s+/).length !== 5 && !NICKNAMES.includes(cron.toLowerCase())) {
    return { field: 'cron', message: 'A cron expression has five fields: minute, hour, day, month, weekday, such as "0 9 * * *".' };
  }
  try {
    const next = nextTime(schedule, nowMs);
    if (next !== null && next <= nowMs + FIVE_YEARS_MS) return null;
    return { field: 'cron', message: 'This cron expression has no date within five years. Check day and month.' };
  } catch (error) {
    return { field: 'cron', message: `This is not a cron expression: ${(error as Error).message.replace(/^CronPattern: /, '')}.` };
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name); // an offset has no daylight saving and is no zone
  } catch {
    return false;
  }
}

/** The first planned time after a moment; null when there is none. */
export const nextTime = (schedule: Schedule, afterMs: number): number | null =>
  cronOf(schedule).nextRun(new Date(afterMs))?.getTime() ?? null;

export const nextTimes = (schedule: Schedule, afterMs: number, count: number): number[] =>
  cronOf(schedule)
    .nextRuns(count, new Date(afterMs))
    .map((date) => date.getTime());

/** The last planned time before a moment: where the period of a firing at that moment begins. */
export const previousTime = (schedule: Schedule, beforeMs: number): number | null =>
  cronOf(schedule).previousRuns(1, new Date(beforeMs))[0]?.getTime() ?? null;

/**
 * What is due now, having been looked at last at `sinceMs`: the latest planned time only, with the number of earlier ones that
 * nobody was there for. At most one firing is caught up. Null when nothing was planned in between.
 */
export function dueTime(schedule: Schedule, sinceMs: number, nowMs: number): { plannedAt: number; missed: number } | null {
  const cron = cronOf(schedule);
  let plannedAt: number | null = null;
  let times = 0;
  for (let at = cron.nextRun(new Date(sinceMs)); at !== null && at.getTime() <= nowMs && times < MOST_COUNTED; at = cron.nextRun(at)) {
    plannedAt = at.getTime();
    times++;
  }
  if (plannedAt === null) return null;
  if (times === MOST_COUNTED) plannedAt = previousTime(schedule, nowMs + 1) ?? plannedAt;
  return { plannedAt, missed: times - 1 };
}

/** A schedule of every minute after a year without a server: counting stops here. */
const MOST_COUNTED = 1000;
