import type { Db } from '#lib/store/connect.ts';
import { listDueSchedules, listRunsToCheck } from '#lib/store/due-work.ts';
import { checkRun } from './check-run.ts';
import { fireSchedule } from './fire-schedule.ts';
import type { EventIngest } from './ingest-event.ts';
import { UpTimeLog } from './up-time-log.ts';

export type SchedulerDeps = { db: Db; ingest: EventIngest; now: () => number; publicUrl: string; runTimeoutMs: number };

const AT_ONCE = 100;

/** What happens because time passes: schedules, runs that fall silent, runs that crash. Reads nothing that is not due. */
export class Scheduler {
  readonly #deps: SchedulerDeps;
  readonly #upTime: UpTimeLog;

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
    this.#upTime = new UpTimeLog(deps.db);
  }

  /** Does what is due; safe from several processes at once. */
  async tick(): Promise<void> {
    const { db, ingest, now, publicUrl, runTimeoutMs } = this.#deps;
    await this.#upTime.note(now());
    const schedules = await listDueSchedules(db, now(), AT_ONCE);
    await Promise.all(schedules.map((due) => ingest.apply((transaction) => fireSchedule(transaction, due, publicUrl))));
    const runs = await listRunsToCheck(db, now(), AT_ONCE);
    const watch = { runTimeoutMs, outages: this.#upTime.outages };
    await Promise.all(runs.map((run) => ingest.apply((transaction) => checkRun(transaction, run, watch))));
  }
}
