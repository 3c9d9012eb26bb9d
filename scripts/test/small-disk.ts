import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  folder: string;
  /** Takes all the room that is left, but for these bytes. */
  fill(leaveBytes?: number): void;
  /** Gives the room back. */
  clear(): void;
  remove(): void;
}

/** A file system of its own that a test can fill; null where this user may not mount one. */
export function mountSmallDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch {
    rmdirSync(folder);
    return null;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: (leaveBytes = 0) => {
      for (let bytes = megabytes * 1024 * 1024; bytes >= 4096; bytes /= 2) {
        for (;;) {
          try {
            writeFileSync(`${ballast}`, Buffer.alloc(bytes), { flag: 'a' });
          } catch {
            break;
          }
        }
      }
      if (leaveBytes > 0) execFileSync('truncate', ['-s', `-${leaveBytes}`, ballast]);
    },
    clear: () => rmSync(ballast, { force: true }),
    remove: () => {
      execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' });
      rmdirSync(folder);
    },
  };
}
