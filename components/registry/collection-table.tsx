'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Box } from 'lucide-react';
import { countText } from '#components/layout/count-text.ts';
import { QueryState } from '#components/layout/query-state.tsx';
import { text, useAddress } from '#components/layout/use-address.ts';
import { ChipStrip } from '#components/ui/chip-strip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { FilterBar } from '#components/ui/filter-chip.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, Table } from '#components/ui/table.tsx';
import { type Container, collectionQueries } from '#lib/client/tracking.ts';
import type { CollectionView } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

/** The collections of a project or registry. */
export function CollectionTable({ at }: { at: Container }) {
  const [{ q }, setUrl] = useAddress({ q: text });
  const list = useInfiniteQuery(collectionQueries.all(at, { q }));
  const items = list.data?.pages.flatMap((page) => page.items);
  if (items?.length === 0 && !q)
    return (
      <EmptyState title={'registry' in at ? 'No collection yet' : 'No artifact yet'}>
        {'registry' in at
          ? 'Link a version from a project’s artifact page, or from a script with run.link_artifact().'
          : 'Artifacts appear with their first version: log one from a script, or send an artifact.created event.'}
      </EmptyState>
    );
  return (
    <>
      <FilterBar label="Filter collections">
        <SearchInput
          label="Search by name"
          placeholder="Search by name"
          className="w-60 max-sm:w-44"
          value={q ?? ''}
          onChange={(event) => setUrl({ q: event.target.value || null })}
        />
      </FilterBar>
      <QueryState query={list} what="The collections" loading={<Rows at={at} />}>
        {() =>
          items?.length === 0 ? (
            <EmptyState title="No collection matches">Another name may find it.</EmptyState>
          ) : (
            <Rows at={at} collections={items} />
          )
        }
      </QueryState>
      <LoadMore {...nextPageOf(list)} />
    </>
  );
}

const hrefOf = (at: Container, { name, type }: CollectionView) =>
  'registry' in at
    ? pagePaths.registryCollection(at.registry, name, at.organization)
    : pagePaths.collection(at.entity, at.project, type, name);

function Rows({ at, collections }: { at: Container; collections?: readonly CollectionView[] }) {
  return (
    <Table
      caption="Collections"
      items={collections}
      keyOf={(collection) => `${collection.type}/${collection.name}`}
      columns={[
        {
          head: 'Collection',
          bar: 'w-40',
          cell: (collection) => (
            <span className="flex min-w-0 items-center gap-2">
              <Box className="size-4 flex-none text-fg-3" />
              <RowLink href={hrefOf(at, collection)}>{collection.name}</RowLink>
            </span>
          ),
        },
        { head: 'Type', width: 120, hide: 'phone', bar: 'w-16', cell: (collection) => collection.type },
        {
          head: 'Aliases',
          width: 240,
          hide: 'narrow',
          bar: 'w-32',
          cell: (collection) => <ChipStrip names={collection.aliases} kind="alias" />,
        },
        {
          head: 'Tags',
          width: 180,
          hide: 'narrow',
          bar: 'w-24',
          cell: (collection) => <ChipStrip names={collection.tags} />,
        },
        { head: 'Versions', width: 96, align: 'right', bar: 'w-8', cell: (collection) => countText(collection.versions) },
        {
          head: 'Last version',
          width: 128,
          align: 'right',
          hide: 'phone',
          bar: 'w-20',
          cell: (collection) => collection.lastVersionAt && <RelativeTime at={collection.lastVersionAt} />,
        },
      ]}
    />
  );
}
