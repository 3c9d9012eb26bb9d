import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tooLarge } from '#lib/errors.ts';
import type { FileStore } from './file-store.ts';

const KEY = /^[a-z0-9]+(?:\/[a-z0-9]+)+$/;

/** Files in a directory. A body is written beside its place, synced and moved there whole: readers never see half a file. */
export function directoryStore(directory: string): FileStore {
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new Error(`"${key}" is no storage key`);
    return join(directory, key);
  };

  return {
    async receive(from, maxBytes) {
      const arriving = join(directory, 'arriving', randomBytes(12).toString('hex'));
      await mkdir(dirname(arriving), { recursive: true, mode: 0o700 });
      const file = await open(arriving, 'wx', 0o600);
      const drop = () => rm(arriving, { force: true });
      const hash = createHash('md5');
      let size = 0;
      try {
        for await (const piece of from) {
          size += piece.length;
          if (size > maxBytes) throw tooLarge(`A file here has at most ${maxBytes.toLocaleString('en')} bytes.`);
          hash.update(piece);
          await file.write(piece);
        }
        await file.sync();
      } catch (error) {
        await file.close();
        await drop();
        throw error;
      }
      await file.close();
      const keep = async (key: string) => {
        const path = pathOf(key);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(arriving, path);
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
  };
}
