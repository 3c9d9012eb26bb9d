import { randomFillSync } from 'node:crypto';
import { ID_ALPHABET, idDigits, idTime } from '#lib/domain/ids.ts';

/** Events, executions, attempts, tests, audit rows, notices and replays of many. */
export type IdPrefix = 'evt' | 'exe' | 'att' | 'tst' | 'aud' | 'ntc' | 'req' | 'rpl';

const COUNTER_LENGTH = 3; // what one process makes within one millisecond stays in order
const RANDOM_LENGTH = 12;
const COUNTER_END = ID_ALPHABET.length ** COUNTER_LENGTH;

let lastMs = 0;
let counter = 0;

/** `exe_01hf…`: sorts by time of making, also within a millisecond and when the clock steps back; 60 random bits. */
export function newId(prefix: IdPrefix, now: number = Date.now()): string {
  if (now > lastMs) {
    lastMs = now;
    counter = 0;
  } else if (++counter === COUNTER_END) {
    lastMs++;
    counter = 0;
  }
  return `${idTime(prefix, lastMs)}${idDigits(counter, COUNTER_LENGTH)}${randomDigits(RANDOM_LENGTH)}`;
}

/** Filled by the thousand: a call for each id takes longer than everything else about it. */
const pool = Buffer.alloc(4096);
let used = pool.length;

function randomDigits(length: number): string {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let text = '';
  for (const byte of pool.subarray(used, used + length)) text += ID_ALPHABET[byte % ID_ALPHABET.length];
  used += length;
  return text;
}
