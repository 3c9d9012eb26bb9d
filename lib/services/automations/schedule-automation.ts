import type { Automation } from '#lib/domain/automation.ts';
import { nextTime } from '#lib/domain/schedule.ts';
import { deleteSchedule, putSchedule } from '#lib/store/automation-schedule.ts';
import type { Db } from '#lib/store/connect.ts';

/** Keeps the time of its next firing in step with the automation; a disabled one has none and catches nothing up. */
export async function scheduleAutomation(db: Db, automation: Automation, now: number): Promise<void> {
  const { schedule } = automation.filter;
  const nextAt = automation.on === 'schedule' && automation.enabled && schedule ? nextTime(schedule, now) : null;
  if (nextAt === null) await deleteSchedule(db, automation);
  else await putSchedule(db, automation, nextAt, now);
}
