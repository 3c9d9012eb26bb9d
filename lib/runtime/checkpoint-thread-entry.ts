import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';

const EVERY_MS = 100;
/** Of 4 KiB. A log that long is begun anew, and cut at its next beginning. */
const LONG_LOG_PAGES = 2048;
/** Each pass copies what came during the one before, so that the last one, for which writers wait, has little to do. */
const PASSES = 4;
/** How long to wait for readers of the log's end; writers wait with us. */
const PATIENCE_MS = 20;

const database = new DatabaseSync(workerData as string, { timeout: PATIENCE_MS });

/** https://www.sqlite.org/pragma.html#pragma_wal_checkpoint: how many pages the log has. */
function copyLog(mode: 'passive' | 'restart'): number {
  return Number(database.prepare(`pragma wal_checkpoint(${mode})`).get()!.log);
}

setInterval(() => {
  try {
    if (copyLog('passive') < LONG_LOG_PAGES) return;
    for (let pass = 1; pass < PASSES; pass++) copyLog('passive');
    copyLog('restart');
  } catch {
    // A full or broken disk: whoever commits meets it too and says so; the log only grows meanwhile.
  }
}, EVERY_MS);
