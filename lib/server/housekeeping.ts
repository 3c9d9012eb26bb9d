import { FINE_KEPT_MS } from '#lib/domain/delivery-health.ts';
import type { Background, Runtime } from '#lib/runtime/create-runtime.ts';
import { pruneDeliveryCounts } from '#lib/store/delivery-counts.ts';
import { deleteEnded, pruneAudit } from '#lib/store/housekeeping.ts';
import { pruneHistory } from '#lib/store/retention.ts';
import { rotateInstanceKey } from './rotate-instance-key.ts';

const FLUSH_MS = 5000;
const TIDY_MS = 600_000;
const DAY_MS = 86_400_000;
/** Longer than a link to upload holds, and than anybody takes. */
const ABANDONED_DAYS = 2;
const UNFLUSHED = 'The last uses of API keys cannot be written.';
const UNTIDY = 'Old rows cannot be removed.';

/** What must happen from time to time, beside the engine: last uses of keys, what ended, what is too old, keys to rewrap. */
export function startHousekeeping(runtime: Runtime): Background {
  const { env, log, platform } = runtime;
  const stopping = new AbortController();
  const troubles = new Set<string>();
  let running: Promise<void> = Promise.resolve();

  const attempt = (what: () => Promise<void>, sentence: string) => {
    running = running.then(what).then(
      () => void troubles.delete(sentence),
      (error) => {
        troubles.add(sentence);
        log.error({ err: error }, sentence);
      },
    );
  };
  const flush = () => platform.accounts.keys.flush();
  const tidy = async () => {
    const daysAgo = (days: number) => platform.now() - days * DAY_MS;
    await deleteEnded(platform.db, platform.now());
    await pruneAudit(platform.db, daysAgo(env.auditRetentionDays));
    const retention = { rowsBefore: daysAgo(env.retentionDays), bodiesBefore: daysAgo(env.bodyRetentionDays) };
    await pruneHistory(platform.db, retention, stopping.signal);
    await pruneDeliveryCounts(platform.db, { fine: platform.now() - FINE_KEPT_MS, coarse: retention.rowsBefore });
    await platform.files.store.dropAbandoned(daysAgo(ABANDONED_DAYS));
    await rotateInstanceKey(runtime);
  };
  const flushSoon = () => attempt(flush, UNFLUSHED);
  const tidySoon = () => attempt(tidy, UNTIDY);

  const timers = [
    setInterval(() => {
      flushSoon();
      if (troubles.has(UNTIDY)) tidySoon(); // a database that was away must not leave us unready for ten minutes
    }, FLUSH_MS),
    setInterval(tidySoon, TIDY_MS),
  ];
  tidySoon();
  return {
    name: 'housekeeping',
    trouble: () => [...troubles].join(' ') || null,
    async stop() {
      for (const timer of timers) clearInterval(timer);
      stopping.abort();
      flushSoon();
      await running;
    },
  };
}
