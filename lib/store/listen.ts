import { sql } from 'kysely';
import type pg from 'pg';
import type { Db } from './connect.ts';

const TRY_AGAIN_MS = 1000;
/** Tells our advisory locks on names of processes from others. */
export const LIFE_MARK_SEED = 7_265_112;

/** Tells the processes that listen; only on PostgreSQL. */
export async function notify(db: Db, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db);
}

type ListenerOptions = {
  connect: () => pg.Client;
  /** How often it asks something, so that the watched client notices when the line is cut. */
  askMs: number;
  channel: string;
  /** The process whose life this connection shows. */
  name: string;
  onPayload: (payload: string) => void;
};

/** A connection of its own that hears what other processes notify; comes back by itself when it breaks or falls silent. */
export class PostgresListener {
  readonly #options: ListenerOptions;
  #client: pg.Client | null = null;
  #again: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    const { connect, channel, name, onPayload } = this.#options;
    const client = connect();
    client.on('notification', ({ payload }) => {
      if (payload) onPayload(payload);
    });
    client.on('error', () => this.#reopen());
    client.on('end', () => this.#reopen());
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      // Shared, because the server may not have noticed yet that an earlier connection of ours is gone.
      await client.query(`select pg_advisory_lock_shared(hashtextextended($1, ${LIFE_MARK_SEED}))`, [name]);
      this.#client = client;
      this.#askSometimes(client);
    } catch {
      this.#reopen(); // what is missed meanwhile, sweeps find
    }
  }

  #askSometimes(client: pg.Client): void {
    const timer = setInterval(() => void client.query('select 1').catch(() => {}), this.#options.askMs);
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
