'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CodeTabs } from '#components/ui/code-block.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { sessionQueries } from '#lib/client/session.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

/** How a first run gets here: by HTTP, or with the unmodified Python client. */
export function SendFirstRun({ entity, project }: { entity: string; project: string }) {
  return (
    <EmptyState title="No run yet">
      Send one and it appears here. Scripts sign in with an <TextLink href={pagePaths.settings()}>API key</TextLink>.
      <span className="mt-4 block text-left">
        <ConnectCode entity={entity} project={project} />
      </span>
    </EmptyState>
  );
}

export function ConnectCode({ entity, project }: { entity: string; project: string }) {
  const me = useQuery(sessionQueries.me()).data;
  const base = me?.publicUrl ?? 'http://localhost:3000';
  const [language, setLanguage] = useState('curl');
  return (
    <CodeTabs
      label="Send a run"
      value={language}
      onChange={setLanguage}
      tabs={[
        {
          value: 'curl',
          label: 'curl',
          language: 'bash',
          text: `curl ${base}/api/v1/projects/${entity}/${project}/events \\
  -H "Authorization: Bearer $HOOKLINE_API_KEY" \\
  -H 'Content-Type: application/json' \\
  --data '{"type": "run.metrics", "run": {"id": "r1", "name": "swift-fox-1"},
           "metrics": [{"step": 0, "values": {"val/loss": 0.31}}]}'`,
        },
        {
          value: 'python',
          label: 'Python client',
          language: 'python',
          text: `# export WANDB_BASE_URL=${base} WANDB_API_KEY=<your key>
import wandb

with wandb.init(entity="${entity}", project="${project}") as run:
    run.log({"val/loss": 0.31})`,
        },
      ]}
    />
  );
}
