import { close, constants, fdatasync, fsync, open } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const openFile = promisify(open);
const flushFile = promisify(fdatasync);
const flushFolder = promisify(fsync);
const closeFile = promisify(close);

/** Waits for what was written to be on the disk. */
export interface Disk {
  /** Answers when all that was written before the call is there; several calls share one wait. */
  flush(): Promise<void>;
}

/**
 * The disk under a write-ahead log. Commits that do not wait for it leave the log whole, only shorter after a loss of power;
 * whoever promises more waits here, beside the event loop and not in it (https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
export class LogDisk implements Disk {
  readonly #path: string;
  #file: Promise<number> | undefined;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  flush(): Promise<void> {
    this.#next ??= this.#after(this.#running);
    return this.#next;
  }

  async close(): Promise<void> {
    await (this.#next ?? this.#running).catch(() => {});
    if (this.#file) await closeFile(await this.#file);
  }

  async #after(running: Promise<void>): Promise<void> {
    await running.catch(() => {}); // told to those who waited for it
    this.#running = this.#next!;
    this.#next = undefined;
    await flushFile(await this.#opened());
  }

  /** The log is made by the first connection that writes, and stays the same file while one is open. */
  #opened(): Promise<number> {
    this.#file ??= this.#open().catch((error) => {
      this.#file = undefined;
      throw error;
    });
    return this.#file;
  }

  /** A new file is found after a loss of power only once its folder is on the disk, too: see fsync(2). */
  async #open(): Promise<number> {
    const file = await openFile(this.#path, constants.O_RDWR);
    const folder = await openFile(dirname(this.#path), constants.O_RDONLY);
    await flushFolder(folder).finally(() => closeFile(folder));
    return file;
  }
}
