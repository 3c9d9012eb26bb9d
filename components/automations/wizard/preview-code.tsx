'use client';

import { AutomationCode } from '#components/automations/automation-code.tsx';
import { AutomationDocument } from '#lib/domain/automation.ts';
import { toDocument } from './form-document.ts';
import { useMe, useValues } from './wizard-form.ts';

/** What would be saved, as code to paste. */
export function PreviewCode() {
  const me = useMe();
  const values = useValues();
  const parsed = AutomationDocument.safeParse({ ...toDocument(values), name: values.name.trim() || 'My automation' });
  if (!parsed.success) return <p className="text-small text-fg-2">The code appears here once the fields are complete.</p>;
  return <AutomationCode me={me} document={parsed.data} team={values.team || undefined} />;
}
