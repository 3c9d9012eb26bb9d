'use client';

import { useState } from 'react';
import { CodeTabs } from '#components/ui/code-block.tsx';
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
          text: `export WANDB_BASE_URL=${publicUrl}\nexport WANDB_API_KEY=${key}`,
        },
        { value: 'python', label: 'Python', language: 'python', text: pythonRun(publicUrl, key, entity) },
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

const pythonRun = (publicUrl: string, key: string, entity: string) => `import os

os.environ["WANDB_BASE_URL"] = "${publicUrl}"
os.environ["WANDB_API_KEY"] = "${key}"

import wandb

run = wandb.init(entity="${entity}", project="hello")
for step in range(10):
    run.log({"loss": 1 / (step + 1)})
run.finish()`;
