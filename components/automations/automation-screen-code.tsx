'use client';

import { useQuery } from '@tanstack/react-query';
import { Dialog } from '#components/ui/dialog.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { sessionQueries } from '#lib/client/session.ts';
import { AUTOMATION_SERVER_KEYS, type AutomationView } from '#lib/contracts/automations.ts';
import { AutomationDocument } from '#lib/domain/automation.ts';
import type { CodeLanguage } from '#lib/domain/code-languages.ts';
import { AutomationCode } from './automation-code.tsx';

/** A saved automation as something to paste elsewhere. */
export function AutomationCodeDialog({
  automation,
  language,
  onClose,
}: {
  automation: AutomationView;
  language: CodeLanguage;
  onClose: () => void;
}) {
  const me = useQuery(sessionQueries.me()).data;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title="View as code"
      description="The same automation for a script, a file or the shell."
    >
      {me ? (
        <AutomationCode me={me} document={documentOf(automation)} team={automation.target?.team} first={language} />
      ) : (
        <SkeletonText lines={8} />
      )}
    </Dialog>
  );
}

function documentOf(automation: AutomationView): AutomationDocument {
  const own = Object.entries(automation).filter(([key]) => !(AUTOMATION_SERVER_KEYS as readonly string[]).includes(key));
  return AutomationDocument.parse(Object.fromEntries(own));
}
