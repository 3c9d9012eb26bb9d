import type { Actor } from '#lib/domain/permissions.ts';
import type { Db } from '#lib/store/connect.ts';

/** What every use case is given: who asks, from where, when, and the store. Made per request by lib/runtime. */
export interface Context {
  db: Db;
  /** For reads that must not wait behind a writer's transaction. */
  reader: Db;
  actor: Actor;
  /** Epoch milliseconds. */
  now: () => number;
  /** `exe_…`, sorting by time. */
  newId: (prefix: 'evt' | 'exe' | 'att' | 'tst' | 'aud' | 'ntc') => string;
  requestId: string | null;
  /** The caller's address, for the audit log and for limits. */
  address: string | null;
}
