import { AUTOMATION_SERVER_KEYS } from '#lib/contracts/automations.ts';
import { type AutomationDocument, AutomationDocument as Document } from '#lib/domain/automation.ts';
import { checkAutomation } from '#lib/domain/check-automation.ts';
import { parseInput, unknownField } from '#lib/domain/parse-input.ts';
import { type Issue, isAppError } from '#lib/errors.ts';

type Key = keyof AutomationDocument;
/** A draft as far as it can be read: a field that is missing or wrong is absent and named among the issues. */
export type ReadDraft = { draft: Partial<AutomationDocument>; issues: Issue[] };

/** Reads field by field, so that one unfinished field does not hide what the others already say. */
export function readDraft(raw: Record<string, unknown>, now: number): ReadDraft {
  const draft: Record<string, unknown> = {};
  const issues: Issue[] = [];
  for (const [key, schema] of Object.entries(Document.shape)) {
    try {
      const value = parseInput(schema, raw[key]);
      if (value !== undefined) draft[key] = value;
    } catch (error) {
      if (!isAppError(error)) throw error;
      for (const issue of error.issues ?? []) issues.push({ path: [key, ...issue.path], message: issue.message });
    }
  }
  const known: readonly string[] = [...Object.keys(Document.shape), ...AUTOMATION_SERVER_KEYS];
  for (const key of Object.keys(raw)) {
    if (!known.includes(key)) issues.push({ path: [key], message: unknownField(key) });
  }
  const { scope, on, filter } = draft as Partial<AutomationDocument>;
  if (scope && on && filter) issues.push(...checkAutomation({ scope, on, filter }, now));
  return { draft: draft as Partial<Pick<AutomationDocument, Key>>, issues };
}
