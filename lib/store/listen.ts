import { sql } from 'kysely';
import type pg from 'pg';
import type { Db } from './connect.ts';

const TRY_AGAIN_MS = 1000;

/** Tells the processes that listen; only on PostgreSQL. */
export async function notify(db: Db, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db);
}

/** A connection of its own that hears what other processes notify; comes back by itself when it breaks or falls silent. */
export class PostgresListener {
  readonly #connect: () => pg.Client;
  readonly #askMs: number;
  readonly #channel: string;
  readonly #onPayload: (payload: string) => void;
  #client: pg.Client | null = null;
  #again: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(connect: () => pg.Client, askMs: number, channel: string, onPayload: (payload: string) => void) {
    this.#connect = connect;
    this.#askMs = askMs;
    this.#channel = channel;
    this.#onPayload = onPayload;
  }

  async open(): Promise<void> {
    const client = this.#connect();
    client.on('notification', ({ payload }) => {
      if (payload) this.#onPayload(payload);
    });
    client.on('error', () => this.#reopen());
    client.on('end', () => this.#reopen());
    try {
      await client.connect();
      await client.query(`listen ${this.#channel}`);
      this.#client = client;
      this.#askSometimes(client);
    } catch {
      this.#reopen(); // what is missed meanwhile, sweeps find
    }
  }

  /** So that the watched client notices when the line is cut. */
  #askSometimes(client: pg.Client): void {
    const timer = setInterval(() => void client.query('select 1').catch(() => {}), this.#askMs);
    timer.unref();
    client.once('end', () => clearInterval(timer));
  }

  #reopen(): void {
    this.#client = null;
    if (this.#closed || this.#again) return;
    this.#again = setTimeout(() => {
      this.#again = null;
      void this.open();
    }, TRY_AGAIN_MS);
    this.#again.unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#again) clearTimeout(this.#again);
    await this.#client?.end();
  }
}
