import { Worker } from 'node:worker_threads';

/**
 * Copies the embedded database's log into its file (https://www.sqlite.org/wal.html#ckpt) in a thread of its own: the waits for
 * the disk that this takes would hold up every request. If it breaks, the writer copies a much longer log itself.
 */
export function startCheckpoints(path: string): { stop(): Promise<void> } {
  const worker = new Worker(new URL('./checkpoint-thread-entry.ts', import.meta.url), {
    workerData: path,
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
  });
  worker.unref();
  worker.on('error', () => {});
  return { stop: async () => void (await worker.terminate()) };
}
