'use client';

import { useState } from 'react';
import { CodeTabs } from '#components/ui/code-block.tsx';
import { exportLines, pythonSnippet } from '#lib/domain/connect-snippet.ts';
import { useMe } from './use-me.ts';

/** How a training script and other programs reach this server; with a key that was just made, ready to paste. */
export function ConnectPanel({ apiKey, entity }: { apiKey?: string; entity: string }) {
  const publicUrl = useMe()?.publicUrl ?? '';
  const [tab, setTab] = useState('shell');
  const key = apiKey ?? 'your_api_key';
  return (
    <CodeTabs
      label="Connect"
      value={tab}
      onChange={setTab}
      tabs={[
        {
          value: 'shell',
          label: 'Shell',
          language: 'bash',
          text: exportLines(publicUrl, key),
        },
        { value: 'python', label: 'Python', language: 'python', text: pythonSnippet(publicUrl, key, entity) },
        {
          value: 'curl',
          label: 'curl',
          language: 'bash',
          text: `curl -H "Authorization: Bearer ${key}" ${publicUrl}/api/v1/me`,
        },
      ]}
    />
  );
}
