import { statfs } from 'node:fs/promises';

const ENOUGH_BYTES = 1024 * 1024;

/** For /ready: a small write may still find room where an event does not, so the disk itself is asked. */
export async function diskTrouble(dataDir: string, enoughBytes = ENOUGH_BYTES): Promise<string | null> {
  const { bavail, bsize } = await statfs(dataDir);
  return bavail * bsize < enoughBytes ? 'The disk that holds HOOKLINE_DATA_DIR is full.' : null;
}
