'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { newAutomationHref } from '#components/automations/new-automation-href.ts';
import { TextLink } from '#components/ui/text-link.tsx';
import { explainQueries } from '#lib/client/explain.ts';
import type { RunDetail } from '#lib/contracts/tracking.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { Explanation } from './explanation.tsx';

const REFRESH_MS = 15_000;

/** Which automations saw the run, which fired, which did not, and why. */
export function RunExplanation({
  at: { entity, project, run },
  view,
}: {
  at: { entity: string; project: string; run: string };
  view: RunDetail;
}) {
  const query = useInfiniteQuery({
    ...explainQueries.run(entity, project, run),
    refetchInterval: view.state === 'running' ? REFRESH_MS : false,
  });
  return (
    <Explanation
      query={query}
      place={`${entity}/${project}`}
      empty={
        roleMay(view.role, 'automations:write') ? (
          <>
            <TextLink href={newAutomationHref({ project: `${entity}/${project}` })}>Create an automation</TextLink> that watches metrics,
            states or silence of runs here.
          </>
        ) : (
          'One that watches metrics, states or silence of runs here would be told of.'
        )
      }
    />
  );
}
