import type { AutomationDraft } from '#lib/domain/automation.ts';
import { toDocument } from './form-document.ts';
import type { WizardValues } from './form-values.ts';

/** What differs from the automation as it was opened: what somebody else changed meanwhile stays. */
export function changesSince(opened: WizardValues, values: WizardValues): Partial<AutomationDraft> {
  const [before, after] = [fullPatch(opened), fullPatch(values)];
  const isChanged = (key: string) =>
    JSON.stringify(after[key as keyof AutomationDraft]) !== JSON.stringify(before[key as keyof AutomationDraft]);
  return Object.fromEntries(Object.entries(after).filter(([key]) => isChanged(key)));
}

/** Says everything: what the form left out is emptied, not kept. */
function fullPatch(values: WizardValues): Partial<AutomationDraft> {
  const { team, action } = values;
  return { description: '', ...toDocument(values), ...(action.kind !== 'nothing' && team && { team }) } as Partial<AutomationDraft>;
}
