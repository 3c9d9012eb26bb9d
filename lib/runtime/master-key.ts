import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigurationError } from './configuration-error.ts';

export const KEY_BYTES = 32;
const KEY_FILE = 'master.key';

/** What keys are derived for; one never opens what another closed. */
export type KeyPurpose = 'secrets' | 'sessions' | 'signed-urls';

export interface MasterKeys {
  derive(purpose: KeyPurpose): Buffer;
  /** The same from HOOKLINE_MASTER_KEY_PREVIOUS, newest first: for opening, never for closing. */
  derivePrevious(purpose: KeyPurpose): Buffer[];
  /** Stored in the database, to tell a wrong key from a missing one. */
  check: string;
}

export interface KeySources {
  fromEnvironment: Buffer | undefined;
  previous: readonly Buffer[];
  dataDir: string;
  /** The check value in the database; undefined in an empty store. */
  storedCheck: string | undefined;
}

/** Finds the instance's key, or makes one for an empty store; refuses a key that did not close what the store holds. */
export function loadMasterKeys({ fromEnvironment, previous, dataDir, storedCheck }: KeySources): MasterKeys {
  const file = join(dataDir, KEY_FILE);
  const key = fromEnvironment ?? readKeyFile(file) ?? (storedCheck === undefined ? makeKeyFile(file) : undefined);
  if (!key) {
    throw new ConfigurationError(
      `HOOKLINE_MASTER_KEY is not set and ${file} is missing, but this database was made with a key; give back the key, it is the only way to read the stored secrets.`,
    );
  }
  if (storedCheck !== undefined && ![key, ...previous].some((candidate) => sameText(checkOf(candidate), storedCheck))) {
    throw new ConfigurationError(
      `${fromEnvironment ? 'HOOKLINE_MASTER_KEY' : file} is not the key that this database was made with; give the right key, or during a rotation the old one as HOOKLINE_MASTER_KEY_PREVIOUS.`,
    );
  }
  return {
    derive: (purpose) => deriveKey(key, purpose),
    derivePrevious: (purpose) => previous.map((old) => deriveKey(old, purpose)),
    check: checkOf(key),
  };
}

export function parseKey(text: string): Buffer | undefined {
  const key = Buffer.from(text.trim(), 'base64');
  return key.length === KEY_BYTES ? key : undefined;
}

function readKeyFile(file: string): Buffer | undefined {
  if (!existsSync(file)) return undefined;
  const key = parseKey(readFileSync(file, 'utf8'));
  if (!key) throw new ConfigurationError(`${file} does not hold ${KEY_BYTES} bytes in base64; restore it or set HOOKLINE_MASTER_KEY.`);
  return key;
}

/** Whole and on the disk, or not there: half a key, or one that a power cut takes back, would lose every secret. */
function makeKeyFile(file: string): Buffer {
  const key = randomBytes(KEY_BYTES);
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    linkSync(draft, file); // unlike a rename, it never replaces a key
    syncFolder(dirname(file));
  } catch (error) {
    throw new ConfigurationError(`HOOKLINE_DATA_DIR: the key cannot be written to ${file} (${(error as Error).message}).`);
  } finally {
    rmSync(draft, { force: true });
  }
  return key;
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function deriveKey(key: Buffer, purpose: KeyPurpose | 'check'): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `hookline/${purpose}/1`, KEY_BYTES));
}

function checkOf(key: Buffer): string {
  return createHmac('sha256', deriveKey(key, 'check')).update('hookline').digest('base64');
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
