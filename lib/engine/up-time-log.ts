import type { Outage } from '#lib/domain/up-time.ts';
import type { Db } from '#lib/store/connect.ts';
import { findInstanceValue, putInstanceValue } from '#lib/store/instance.ts';

const ALIVE_AT = 'alive_at';
const OUTAGES = 'outages';
const NOTE_EVERY_MS = 5000;
/** A gap this long means that no process ran. */
const OUTAGE_AFTER_MS = 3 * NOTE_EVERY_MS;
const OUTAGES_KEPT = 100;

/** The times in which no server ran, as far as they are remembered. */
export async function findOutages(db: Db): Promise<Outage[]> {
  return JSON.parse((await findInstanceValue(db, OUTAGES)) ?? '[]') as Outage[];
}

/** Remembers when some server ran, so that the time without one counts as nobody's silence. */
export class UpTimeLog {
  readonly #db: Db;
  #outages: Outage[] = [];
  #notedAt = 0;

  constructor(db: Db) {
    this.#db = db;
  }

  get outages(): readonly Outage[] {
    return this.#outages;
  }

  /** Call often; writes every few seconds. */
  async note(nowMs: number): Promise<void> {
    if (nowMs >= this.#notedAt && nowMs - this.#notedAt < NOTE_EVERY_MS) return;
    const aliveAt = Number((await findInstanceValue(this.#db, ALIVE_AT)) ?? nowMs);
    const known = await findOutages(this.#db);
    if (nowMs - aliveAt > OUTAGE_AFTER_MS) {
      known.push({ from: aliveAt, to: nowMs });
      await putInstanceValue(this.#db, OUTAGES, JSON.stringify(known.slice(-OUTAGES_KEPT)));
    }
    await putInstanceValue(this.#db, ALIVE_AT, String(nowMs));
    this.#outages = known;
    this.#notedAt = nowMs;
  }
}
