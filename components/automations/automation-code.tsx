'use client';

import { useState } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { CodeTabs } from '#components/ui/code-block.tsx';
import type { MeView } from '#lib/contracts/session.ts';
import type { AutomationDocument } from '#lib/domain/automation.ts';
import { CODE_LANGUAGES, type CodeLanguage } from '#lib/domain/code-languages.ts';
import { viewAsCode } from '#lib/domain/code-views.ts';
import { DEFAULT_DELAYS_SECONDS } from '#lib/domain/retry.ts';

const LANGUAGES = { python: 'Python', yaml: 'YAML', curl: 'curl' } as const satisfies Record<CodeLanguage, string>;

interface AutomationCodeProps {
  me: MeView;
  document: AutomationDocument;
  /** Whose integration it is. */
  team?: string;
  first?: CodeLanguage;
}

/** One document in three languages; never with a key. */
export function AutomationCode({ me, document, team, first = 'python' }: AutomationCodeProps) {
  const [language, setLanguage] = useState<CodeLanguage>(first);
  const organization = me.entities.find(({ kind }) => kind === 'organization')?.name;
  const context = { publicUrl: me.publicUrl.replace(/\/$/, ''), organization, team };
  return (
    <div className="flex flex-col gap-3">
      <CodeTabs
        label="View as code"
        value={language}
        onChange={(next) => setLanguage(next as CodeLanguage)}
        tabs={CODE_LANGUAGES.map((one) => ({
          value: one,
          label: LANGUAGES[one],
          language: one === 'curl' ? 'bash' : one,
          text: viewAsCode(one, document, context),
        }))}
      />
      {language === 'python' && hasOwnLimits(document) && (
        <Callout>Retry schedule, cooldown and firings a minute have no field in the client. To keep them in a file, use the YAML.</Callout>
      )}
    </div>
  );
}

const hasOwnLimits = ({ cooldownSeconds, maxFiringsPerMinute, retry }: AutomationDocument) =>
  cooldownSeconds !== 0 || maxFiringsPerMinute !== 60 || retry.delaysSeconds.join() !== DEFAULT_DELAYS_SECONDS.join();
