'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { QueryState } from '#components/layout/query-state.tsx';
import { ChipStrip } from '#components/ui/chip-strip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatBytes } from '#components/ui/format-bytes.ts';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table } from '#components/ui/table.tsx';
import { hrefOfVersion } from '#components/versions/version-href.ts';
import { VersionLink } from '#components/versions/version-link.tsx';
import { runArtifacts } from '#lib/client/versions.ts';
import type { RunArtifactView } from '#lib/contracts/lineage.ts';
import type { RunAt } from './run-frame.tsx';

/** The versions that the run made and those that it used. */
export function RunArtifacts({ at }: { at: RunAt }) {
  return (
    <>
      <Versions at={at} direction="made" title="Made" empty="No version. A script logs one with run.log_artifact()." />
      <Versions at={at} direction="used" title="Used" empty="No version. A script names one to run.use_artifact()." />
    </>
  );
}

interface VersionsProps {
  at: RunAt;
  direction: 'made' | 'used';
  title: string;
  empty: string;
}

function Versions({ at: { entity, project, run }, direction, title, empty }: VersionsProps) {
  const query = useInfiniteQuery(runArtifacts(entity, project, run, direction));
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <section aria-label={title}>
      <SectionHeader title={title} note={items?.length ? items.length : undefined} className="pt-4" />
      <QueryState query={query} what="The versions" loading={<VersionRows title={title} />}>
        {() =>
          items?.length === 0 ? (
            <EmptyState size="inline" title="None">
              {empty}
            </EmptyState>
          ) : (
            <>
              <VersionRows title={title} versions={items} />
              <LoadMore {...nextPageOf(query)} />
            </>
          )
        }
      </QueryState>
    </section>
  );
}

function VersionRows({ title, versions }: { title: string; versions?: readonly RunArtifactView[] }) {
  return (
    <Table
      caption={`Versions ${title.toLowerCase()}`}
      items={versions}
      keyOf={(version) => hrefOfVersion(version)}
      loadingRows={2}
      columns={[
        { head: 'Version', bar: 'w-48', cell: (version) => <VersionLink place={version} /> },
        { head: 'Type', width: 120, hide: 'phone', bar: 'w-16', cell: (version) => version.type },
        {
          head: 'Aliases',
          width: 240,
          hide: 'narrow',
          bar: 'w-32',
          cell: (version) => <ChipStrip names={version.aliases} kind="alias" />,
        },
        { head: 'Size', width: 88, align: 'right', bar: 'w-12', cell: (version) => formatBytes(version.sizeBytes) },
        {
          head: 'Created',
          width: 128,
          align: 'right',
          hide: 'phone',
          bar: 'w-16',
          cell: (version) => <RelativeTime at={version.createdAt} />,
        },
      ]}
    />
  );
}
