'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { Page } from '#components/layout/page.tsx';
import { ListSkeleton, PageHeaderSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { collectionCrumbs } from '#components/registry/collection-crumbs.ts';
import { type VersionAt, versionQueries } from '#lib/client/versions.ts';
import type { VersionDetail } from '#lib/contracts/tracking.ts';
import type { VersionTab } from '#lib/domain/page-paths.ts';
import { VersionFrame } from './version-frame.tsx';
import { VersionOverview } from './version-overview.tsx';

const loading = () => <ListSkeleton rows={6} />;
const VersionFiles = dynamic(() => import('./version-files.tsx').then((file) => file.VersionFiles), { loading });
const VersionLineage = dynamic(() => import('./version-lineage.tsx').then((file) => file.VersionLineage), { loading });
const VersionExplanation = dynamic(() => import('#components/explain/version-explanation.tsx').then((file) => file.VersionExplanation), {
  loading,
});

/** One version of an artifact, where it was made or linked to: what it is, its files, where it came from, who reacted. */
export function VersionScreen({ version, tab }: { version: VersionAt; tab: VersionTab | undefined }) {
  const query = useQuery(versionQueries.one(version));
  return (
    <Page width="full" crumbs={[...collectionCrumbs(version), { label: query.data?.version ?? version.version }]}>
      <QueryState query={query} what="The version" loading={<PageHeaderSkeleton tabs={4} />}>
        {(view) => (
          <>
            <VersionFrame at={version} view={view} tab={tab} />
            <VersionPart at={version} view={view} tab={tab} />
          </>
        )}
      </QueryState>
    </Page>
  );
}

function VersionPart({ at, view, tab }: { at: VersionAt; view: VersionDetail; tab: VersionTab | undefined }) {
  switch (tab) {
    case undefined:
      return <VersionOverview view={view} />;
    case 'files':
      return <Part label="Files">{<VersionFiles at={at} view={view} />}</Part>;
    case 'lineage':
      return <Part label="Lineage">{<VersionLineage at={at} view={view} />}</Part>;
    case 'automations':
      return <Part label="Automations">{<VersionExplanation at={at} view={view} />}</Part>;
  }
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} className="w-full min-w-0 px-4 pb-8 sm:px-6">
      {children}
    </section>
  );
}
