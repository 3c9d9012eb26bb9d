'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { newAutomationHref } from '#components/automations/new-automation-href.ts';
import { collectionScope } from '#components/registry/collection-scope.ts';
import { TextLink } from '#components/ui/text-link.tsx';
import { explainQueries } from '#lib/client/explain.ts';
import type { VersionAt } from '#lib/client/versions.ts';
import type { VersionDetail } from '#lib/contracts/tracking.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { Explanation } from './explanation.tsx';

/** Which automations saw what happened to the version here, which fired, which did not, and why. */
export function VersionExplanation({ at: { at, type, collection, version }, view }: { at: VersionAt; view: VersionDetail }) {
  const query = useInfiniteQuery(explainQueries.version(at, collection, type, version));
  return (
    <Explanation
      query={query}
      place={'registry' in at ? at.registry : `${at.entity}/${at.project}`}
      empty={
        roleMay(view.role, 'automations:write') ? (
          <>
            <TextLink href={newAutomationHref(collectionScope(at, collection))}>Create an automation</TextLink> that waits for versions,
            aliases, tags or links here.
          </>
        ) : (
          'One that waits for versions, aliases, tags or links here would be told of.'
        )
      }
    />
  );
}
