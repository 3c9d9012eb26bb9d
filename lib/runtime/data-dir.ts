import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
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
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
    lock.exec('pragma journal_mode = delete; begin exclusive');
    writeFileSync(join(folder, HOLDER), `${process.pid}\n`);
  } catch (error) {
    lock?.close();
    throw toLockError(error, folder);
  }
  return { release: () => lock.close() };
}

/** Who holds the directory, for people: it is the lock that decides. */
const HOLDER = 'process.pid';

function holderOf(folder: string): string {
  try {
    return ` (pid ${Number(readFileSync(join(folder, HOLDER), 'utf8'))})`;
  } catch {
    return '';
  }
}

function toLockError(error: unknown, folder: string): ConfigurationError {
  const { errcode, message } = error as Error & { errcode?: number };
  return errcode === SQLITE_BUSY
    ? new ConfigurationError(
        `Another Hookline process${holderOf(folder)} holds the embedded database in ${folder}; stop it first, or set DATABASE_URL to a PostgreSQL database, which any number of processes can share.`,
      )
    : new ConfigurationError(`HOOKLINE_DATA_DIR: ${folder} cannot be written (${message}).`);
}
