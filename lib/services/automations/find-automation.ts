import type { Automation } from '#lib/domain/automation.ts';
import { parseNumberedId } from '#lib/domain/ids.ts';
import { notFound } from '#lib/errors.ts';
import { findAutomationByNumber } from '#lib/store/automations.ts';
import type { Db } from '#lib/store/connect.ts';
import type { Guarded } from '../context.ts';
import { guardedOfScope } from '../places/resolve-scope.ts';

/** The automation behind `aut_17`, with what rights over it are asked for. */
export async function getStoredAutomation(db: Db, id: string): Promise<{ automation: Automation; guarded: Guarded }> {
  const number = parseNumberedId('aut', id);
  const automation = number === null ? null : await findAutomationByNumber(db, number);
  const guarded = automation && (await guardedOfScope(db, automation.scope));
  const what = `The automation ${id}`;
  if (!automation || !guarded) throw notFound(what);
  return { automation, guarded: { ...guarded, notFoundAs: what } };
}

/** Not seeing the automation's place reads as if the automation itself were not there. */
export const guardedOfAutomation = async (db: Db, id: string): Promise<Guarded> => (await getStoredAutomation(db, id)).guarded;
