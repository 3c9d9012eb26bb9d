import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigurationError } from './configuration-error.ts';

const SQLITE_BUSY = 5;

export interface DataDirLock {
  release(): void;
}

/** Makes the directory that only we may read; gives its absolute path. */
export function prepareDataDir(path: string): string {
  const folder = resolve(path);
  try {
    makeFolder(folder);
    chmodSync(folder, 0o700);
  } catch (error) {
    throw new ConfigurationError(`HOOKLINE_DATA_DIR: ${folder} cannot be made or secured (${(error as Error).message}).`);
  }
  return folder;
}

/** Not recursive: Node does not come back where a directory that is there takes no others, such as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is a file`);
    return;
  }
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** Holds the directory for this process through an open transaction, which the system ends when the process dies. */
export function lockDataDir(folder: string): DataDirLock {
  const lock = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
  try {
    lock.exec('pragma journal_mode = delete; begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    throw new ConfigurationError(
      `Another Hookline process holds the embedded database in ${folder}; stop it first, or set DATABASE_URL to a PostgreSQL database, which any number of processes can share.`,
    );
  }
  return { release: () => lock.close() };
}
