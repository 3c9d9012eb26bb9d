import type { Automation } from '#lib/domain/automation.ts';
import { automationIdText } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Db } from '#lib/store/connect.ts';
import { toAutomationDocument } from './automation-document.ts';
import { readSurroundings } from './automation-names.ts';

/** An automation's document as the audit log keeps it. */
export async function documentOf(db: Db, automation: Automation): Promise<JsonValue> {
  const { names } = await readSurroundings(db, [automation], { qualifyRegistries: true });
  return toAutomationDocument(automation, names) as JsonValue;
}

export async function auditedAutomation(db: Db, automation: Automation, side: 'before' | 'after') {
  return { target: `${automation.name} (${automationIdText(automation.id)})`, [side]: await documentOf(db, automation) };
}
