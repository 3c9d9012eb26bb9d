import { setTimeout as wait } from 'node:timers/promises';
import { sharedClock } from './client.ts';

/** So many at a time, each sending its next when the one before is answered. Answers how many there were. */
export async function asFastAsPossible(senders: number, seconds: number, one: (index: number) => Promise<void>): Promise<number> {
  const end = sharedClock() + seconds * 1000;
  let count = 0;
  const sender = async () => {
    while (sharedClock() < end) await one(count++);
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return count;
}

/** At fixed times, whether those before are answered or not: what is slow cannot slow down the asking. */
export async function atRate(perSecond: number, seconds: number, one: (index: number, dueAt: number) => Promise<void>): Promise<number> {
  const begin = sharedClock();
  const total = Math.floor(perSecond * seconds);
  const running: Promise<void>[] = [];
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((sharedClock() - begin) / 1000) * perSecond) + 1);
    for (; sent < due; sent++) running.push(one(sent, begin + (sent / perSecond) * 1000));
    if (sent < total) await wait(Math.max(0, begin + (sent / perSecond) * 1000 - sharedClock()));
  }
  await Promise.all(running);
  return total;
}
