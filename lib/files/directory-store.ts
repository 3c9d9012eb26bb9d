import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tooLarge, unavailable } from '#lib/errors.ts';
import type { FileStore } from './file-store.ts';

const ARRIVING = 'arriving';
const KEY = /^[a-z0-9]+(?:\/[a-z0-9]+)+$/;

/** Files in a directory. A body is written beside its place, synced and moved there whole: readers never see half a file. */
export function directoryStore(directory: string): FileStore {
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new Error(`"${key}" is no storage key`);
    return join(directory, key);
  };

  return {
    async receive(from, maxBytes) {
      const arriving = join(directory, ARRIVING, randomBytes(12).toString('hex'));
      const file = await openNew(arriving).catch((error) => {
        throw toFileError(error);
      });
      const drop = () => rm(arriving, { force: true });
      const hash = createHash('md5');
      let size = 0;
      try {
        for await (const piece of from) {
          size += piece.length;
          if (size > maxBytes) throw tooLarge(`A file here has at most ${maxBytes.toLocaleString('en')} bytes.`);
          hash.update(piece);
          await file.appendFile(piece); // a single write may keep less than it was given: the last bytes before a disk is full
        }
        await file.sync();
      } catch (error) {
        await file.close();
        await drop();
        throw toFileError(error);
      }
      await file.close();
      const keep = async (key: string) => {
        const path = pathOf(key);
        try {
          await mkdir(dirname(path), { recursive: true, mode: 0o700 });
          await rename(arriving, path);
        } catch (error) {
          await drop();
          throw toFileError(error);
        }
      };
      return { size, md5: hash.digest('base64'), keep, drop };
    },

    async open(key) {
      try {
        const file = await open(pathOf(key));
        return { size: (await file.stat()).size, content: file.createReadStream() };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },

    delete: (key) => rm(pathOf(key), { force: true }),

    async dropAbandoned(beforeMs) {
      const folder = join(directory, ARRIVING);
      for (const name of await readdir(folder).catch(orNone)) {
        const path = join(folder, name);
        const arrived = await stat(path).catch(() => null); // gone meanwhile
        if (arrived && arrived.mtimeMs < beforeMs) await rm(path, { force: true });
      }
    },
  };
}

async function openNew(path: string) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return open(path, 'wx', 0o600);
}

function orNone(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']);

/** A disk that takes nothing is no fault of the caller, who may come again. */
function toFileError(error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  return NO_ROOM.has(code)
    ? unavailable('Files cannot be written right now: the disk is full or broken. Nothing was kept; try again later.', error)
    : error;
}
