'use client';

import { useState } from 'react';
import { CodeTabs } from '#components/ui/code-block.tsx';
import { type SendLanguage, sendScriptFor } from '#lib/domain/send-scripts.ts';
import type { Endpoint } from './test-subject.ts';

const LANGUAGES: { value: SendLanguage; label: string; language: 'bash' | 'python' | 'javascript' }[] = [
  { value: 'bash', label: 'bash', language: 'bash' },
  { value: 'python', label: 'Python', language: 'python' },
  { value: 'node', label: 'Node', language: 'javascript' },
];

/** The same request from a script, to try a receiver without Hookline. */
export function TestScripts({ endpoint, payload }: { endpoint: Endpoint; payload: string }) {
  const [language, setLanguage] = useState('bash');
  const script = {
    url: endpoint.url,
    encoding: endpoint.encoding,
    payload,
    hasAccessToken: endpoint.accessTokenSecret !== null,
    hasSecret: endpoint.signingSecret !== null,
  };
  return (
    <section aria-labelledby="test-scripts">
      <h3 id="test-scripts" className="mb-2 text-small font-semibold">
        The same from a script
      </h3>
      <CodeTabs
        label="The same from a script"
        value={language}
        onChange={setLanguage}
        tabs={LANGUAGES.map((each) => ({ ...each, text: sendScriptFor(each.value, script).trimEnd() }))}
      />
    </section>
  );
}
