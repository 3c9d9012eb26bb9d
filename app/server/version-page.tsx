import { notFound } from 'next/navigation';
import { VersionScreen } from '#components/versions/version-screen.tsx';
import { explainQueries } from '#lib/client/explain.ts';
import type { Prefetchable } from '#lib/client/query.ts';
import { type VersionAt, versionQueries } from '#lib/client/versions.ts';
import { VERSION_TABS, type VersionTab } from '#lib/domain/page-paths.ts';
import { Prefetched } from './prefetch.tsx';

/** A version's page, wherever it stands; `rest` is what the address says after it. */
export function VersionPage({ version, rest }: { version: VersionAt; rest: readonly string[] }) {
  const tab = VERSION_TABS.find((each) => each === rest[0]);
  if (rest.length > 1 || (rest.length === 1 && !tab)) notFound();
  return (
    <Prefetched subject={versionQueries.one(version)} also={queriesOf(tab, version)}>
      <VersionScreen version={version} tab={tab} />
    </Prefetched>
  );
}

function queriesOf(tab: VersionTab | undefined, at: VersionAt): Prefetchable[] {
  switch (tab) {
    case undefined:
      return [];
    case 'files':
      return [versionQueries.files(at)];
    case 'lineage':
      return [versionQueries.lineage(at)];
    case 'automations':
      return [explainQueries.version(at.at, at.collection, at.type, at.version)];
  }
}
