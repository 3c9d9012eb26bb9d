import type { LoggedLine, MetricStream } from '#lib/domain/run-stream.ts';
import type { Db } from '#lib/store/connect.ts';
import { insertMetricChunks, type NewChunk, type RunKey } from '#lib/store/metric-chunks.ts';

/** The batches of lines that one transaction stores, written together: at its end, or before somebody reads chunks. */
export class NewLines {
  readonly #tx: Db;
  readonly #nowMs: number;
  #waiting: NewChunk[] = [];

  constructor(tx: Db, nowMs: number) {
    this.#tx = tx;
    this.#nowMs = nowMs;
  }

  add(key: RunKey, stream: MetricStream, firstLine: number, lines: readonly LoggedLine[]): void {
    this.#waiting.push({ key, stream, firstLine, lines });
  }

  async write(): Promise<void> {
    const chunks = this.#waiting;
    this.#waiting = [];
    await insertMetricChunks(this.#tx, chunks, this.#nowMs);
  }
}
