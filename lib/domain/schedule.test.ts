import { describe, expect, test } from 'vitest';
import { checkSchedule, dueTime, nextTimes, previousTime } from './schedule.ts';

const at = (text: string) => Date.parse(text);
const iso = (times: (number | null)[]) => times.map((time) => (time === null ? null : new Date(time).toISOString().slice(0, 16)));
const berlin = (cron: string) => ({ cron, timeZone: 'Europe/Berlin' });
const now = at('2026-11-21T06:00:00Z');

describe('daylight saving in Berlin', () => {
  test('nine in the morning is nine in the morning', () =>
    expect(iso(nextTimes(berlin('0 9 * * *'), at('2027-03-26T12:00Z'), 3))).toEqual([
      '2027-03-27T08:00',
      '2027-03-28T07:00',
      '2027-03-29T07:00',
    ]));
  test('a time that the change leaves out comes an hour later, once', () =>
    expect(iso(nextTimes(berlin('30 2 * * *'), at('2027-03-27T12:00Z'), 2))).toEqual(['2027-03-28T01:00', '2027-03-29T00:30']));
  test('a time that occurs twice counts once', () =>
    expect(iso(nextTimes(berlin('30 2 * * *'), at('2026-10-24T12:00Z'), 2))).toEqual(['2026-10-25T00:30', '2026-10-26T01:30']));
  test('every half hour goes on through the repeated hour', () =>
    expect(
      nextTimes(berlin('*/30 * * * *'), at('2026-10-24T23:59Z'), 6).every((time, i, all) => i === 0 || time - all[i - 1]! === 1_800_000),
    ).toBe(true));
});

test('the period of a firing begins at the planned time before it', () =>
  expect(iso([previousTime(berlin('0 9 * * 1'), at('2026-11-23T08:00Z'))])).toEqual(['2026-11-16T08:00']));

describe('what is due', () => {
  const daily = { cron: '0 9 * * *', timeZone: 'UTC' };
  test.each([
    ['nothing before its time', '2026-11-20T09:00Z', '2026-11-21T08:59Z', null],
    ['one at its time', '2026-11-20T09:00Z', '2026-11-21T09:00Z', { plannedAt: at('2026-11-21T09:00Z'), missed: 0 }],
    [
      'the last of three, which says that two were missed',
      '2026-11-18T10:00Z',
      '2026-11-21T09:30Z',
      { plannedAt: at('2026-11-21T09:00Z'), missed: 2 },
    ],
    ['nothing when the clock went back', '2026-11-21T09:00Z', '2026-11-20T09:00Z', null],
  ])('%s', (_, since, until, expected) => expect(dueTime(daily, at(since), at(until))).toEqual(expected));

  test('a year of missed minutes is caught up once, at the latest of them', () => {
    const due = dueTime({ cron: '* * * * *', timeZone: 'UTC' }, at('2025-11-21T00:00Z'), at('2026-11-21T00:00:30Z'));
    expect(due?.plannedAt).toBe(at('2026-11-21T00:00Z'));
  });
});

describe('what is refused', () => {
  test.each([
    ['0 9 * * *', 'Europe/Berlin', null],
    ['@daily', 'UTC', null],
    ['0 0 29 2 *', 'UTC', null],
    ['0 0 30 2 *', 'UTC', 'cron'],
    ['61 * * * *', 'UTC', 'cron'],
    ['* * * * * *', 'UTC', 'cron'],
    ['* * *', 'UTC', 'cron'],
    ['2026-12-01T00:00:00', 'UTC', 'cron'],
    ['nonsense', 'UTC', 'cron'],
    ['0 9 * * *', 'Mars/Olympus', 'timeZone'],
    ['0 9 * * *', '', 'timeZone'],
  ])('%s in %s: %s', (cron, timeZone, field) => expect(checkSchedule({ cron, timeZone }, now)?.field ?? null).toBe(field));
});
