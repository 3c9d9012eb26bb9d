'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Box } from 'lucide-react';
import { parseAsString, useQueryState } from 'nuqs';
import { countText } from '#components/layout/count-text.ts';
import { QueryState } from '#components/layout/query-state.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { FilterBar } from '#components/ui/filter-chip.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, SkeletonRows, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';
import { type Container, collectionQueries } from '#lib/client/tracking.ts';
import type { CollectionView } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

/** The collections of a project or registry. */
export function CollectionTable({ at }: { at: Container }) {
  const [q, setQ] = useQueryState('q', parseAsString);
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
          onChange={(event) => void setQ(event.target.value || null, { limitUrlUpdates: { method: 'debounce', timeMs: 200 } })}
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
    <Table caption="Collections">
      <TableHead>
        <Th>Collection</Th>
        <Th width={120} hide="phone">
          Type
        </Th>
        <Th width={240} hide="narrow">
          Aliases
        </Th>
        <Th width={180} hide="narrow">
          Tags
        </Th>
        <Th width={96} align="right">
          Versions
        </Th>
        <Th width={128} align="right" hide="phone">
          Last version
        </Th>
      </TableHead>
      <TableBody>
        {collections ? (
          collections.map((collection) => (
            <Tr key={`${collection.type}/${collection.name}`}>
              <Td>
                <span className="flex min-w-0 items-center gap-2">
                  <Box className="size-4 flex-none text-fg-3" />
                  <RowLink href={hrefOf(at, collection)}>{collection.name}</RowLink>
                </span>
              </Td>
              <Td hide="phone">{collection.type}</Td>
              <Td hide="narrow">
                <span className="flex gap-1 overflow-hidden">
                  {collection.aliases.map((alias) => (
                    <Chip key={alias} kind="alias">
                      {alias}
                    </Chip>
                  ))}
                </span>
              </Td>
              <Td hide="narrow">
                <span className="flex gap-1 overflow-hidden">
                  {collection.tags.map((tag) => (
                    <Chip key={tag}>{tag}</Chip>
                  ))}
                </span>
              </Td>
              <Td align="right">{countText(collection.versions)}</Td>
              <Td align="right" hide="phone">
                {collection.lastVersionAt && <RelativeTime at={collection.lastVersionAt} />}
              </Td>
            </Tr>
          ))
        ) : (
          <SkeletonRows
            columns={[
              { width: 'w-40' },
              { width: 'w-16', hide: 'phone' },
              { width: 'w-32', hide: 'narrow' },
              { width: 'w-24', hide: 'narrow' },
              { width: 'w-8', align: 'right' },
              { width: 'w-20', align: 'right', hide: 'phone' },
            ]}
          />
        )}
      </TableBody>
    </Table>
  );
}
