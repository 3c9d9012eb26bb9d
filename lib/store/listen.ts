import { sql } from 'kysely';
import pg from 'pg';
import type { Db } from './connect.ts';

const TRY_AGAIN_MS = 1000;

/** Tells the processes that listen; only on PostgreSQL. */
export async function notify(db: Db, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db);
}

/** A connection of its own that hears what other processes notify; comes back by itself when it breaks. */
export class PostgresListener {
  readonly #url: string;
  readonly #channel: string;
  readonly #onPayload: (payload: string) => void;
  #client: pg.Client | null = null;
  #again: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(url: string, channel: string, onPayload: (payload: string) => void) {
    this.#url = url;
    this.#channel = channel;
    this.#onPayload = onPayload;
  }

  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'hookline listener', connectionTimeoutMillis: 5000 });
    client.on('notification', ({ payload }) => {
      if (payload) this.#onPayload(payload);
    });
    client.on('error', () => this.#reopen());
    client.on('end', () => this.#reopen());
    try {
      await client.connect();
      await client.query(`listen ${this.#channel}`);
      this.#client = client;
    } catch {
      this.#reopen(); // what is missed meanwhile, sweeps find
    }
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
