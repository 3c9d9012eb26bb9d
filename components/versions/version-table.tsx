'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Box, Link2, Tags, Trash2, Unlink } from 'lucide-react';
import { useState } from 'react';
import { QueryState } from '#components/layout/query-state.tsx';
import { Person } from '#components/ui/avatar.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatBytes } from '#components/ui/format-bytes.ts';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, SkeletonRows, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';
import { type Container, collectionQueries } from '#lib/client/tracking.ts';
import type { VersionView } from '#lib/contracts/tracking.ts';
import { type Role, roleMay } from '#lib/domain/permissions.ts';
import { VersionDialog, type VersionDialogKind } from './version-dialog.tsx';
import { hrefAt, hrefOfVersion } from './version-href.ts';
import { VersionLink } from './version-link.tsx';

interface VersionTableProps {
  at: Container;
  type?: string;
  collection: string;
  role: Role | null;
}

type Open = { kind: VersionDialogKind; version: VersionView };

/** Versions, newest first, with what can be done to each. */
export function VersionTable({ at, type, collection, role }: VersionTableProps) {
  const versions = useInfiniteQuery(collectionQueries.versions(at, collection, type));
  const [open, setOpen] = useState<Open | null>(null);
  const items = versions.data?.pages.flatMap((page) => page.items);
  const mayWrite = roleMay(role, 'artifacts:write');
  const inRegistry = 'registry' in at;
  const close = () => setOpen(null);
  return (
    <>
      <Table caption="Versions">
        <TableHead>
          <Th width={80}>Version</Th>
          <Th>Aliases</Th>
          <Th width={180} hide="phone">
            Tags
          </Th>
          <Th width={280} hide="narrow">
            {inRegistry ? 'Source' : 'Linked to'}
          </Th>
          <Th width={112} hide="narrow">
            {inRegistry ? 'Linked by' : 'By'}
          </Th>
          <Th width={112} align="right" hide="phone">
            {inRegistry ? 'Linked' : 'Created'}
          </Th>
          <Th width={88} align="right" hide="phone">
            Size
          </Th>
          <Th width={58} silent>
            Actions
          </Th>
        </TableHead>
        <TableBody>
          <QueryState query={versions} what="The versions" loading={<SkeletonRows rows={4} columns={COLUMNS} />}>
            {() =>
              items?.map((version) => (
                <Tr key={version.version}>
                  <Td className="font-mono font-semibold">
                    <RowLink href={hrefAt({ at, type, collection, version: version.version })}>{version.version}</RowLink>
                  </Td>
                  <Td>
                    <span className="flex flex-wrap gap-1">
                      {version.aliases.length === 0 && <span className="text-fg-3">none</span>}
                      {version.aliases.map((alias) => (
                        <Chip key={alias} kind="alias">
                          {alias}
                        </Chip>
                      ))}
                    </span>
                  </Td>
                  <Td hide="phone">
                    <span className="flex flex-wrap gap-1">
                      {version.tags.length === 0 && <span className="text-fg-3">none</span>}
                      {version.tags.map((tag) => (
                        <Chip key={tag}>{tag}</Chip>
                      ))}
                    </span>
                  </Td>
                  <Td hide="narrow">
                    <Provenance version={version} />
                  </Td>
                  <Td hide="narrow">{version.createdBy && <Person name={version.createdBy.username} />}</Td>
                  <Td align="right" hide="phone">
                    <RelativeTime at={version.createdAt} />
                  </Td>
                  <Td align="right" hide="phone">
                    {formatBytes(version.sizeBytes)}
                  </Td>
                  <Td menu>
                    <Menu label={`More actions for ${version.version}`} size="sm">
                      <MenuLink icon={<Box />} href={hrefAt({ at, type, collection, version: version.version })}>
                        Open
                      </MenuLink>
                      {mayWrite && (
                        <MenuItem icon={<Tags />} onSelect={() => setOpen({ kind: 'edit', version })}>
                          Edit aliases and tags
                        </MenuItem>
                      )}
                      {mayWrite && !version.linked && (
                        <MenuItem icon={<Link2 />} onSelect={() => setOpen({ kind: 'link', version })}>
                          Link to registry
                        </MenuItem>
                      )}
                      {mayWrite && (
                        <>
                          <MenuSeparator />
                          <MenuItem
                            danger
                            icon={version.linked ? <Unlink /> : <Trash2 />}
                            onSelect={() => setOpen({ kind: 'remove', version })}
                          >
                            {version.linked ? 'Unlink' : 'Delete version'}
                          </MenuItem>
                        </>
                      )}
                    </Menu>
                  </Td>
                </Tr>
              ))
            }
          </QueryState>
        </TableBody>
      </Table>
      {items?.length === 0 && (
        <EmptyState size="inline" title="No version yet">
          {inRegistry ? 'Link one from a project’s artifact page.' : 'The first version appears when a script logs it.'}
        </EmptyState>
      )}
      <LoadMore {...nextPageOf(versions)} />
      {open && <VersionDialog kind={open.kind} at={at} type={type} collection={collection} version={open.version} onClose={close} />}
    </>
  );
}

function Provenance({ version: { linked, source, linkedTo } }: { version: VersionView }) {
  if (linked && !source) return <span className="text-fg-3">in a project that you do not see</span>;
  return (source ? [source] : linkedTo).map((place) => <VersionLink key={hrefOfVersion(place)} place={place} />);
}

const COLUMNS = [
  { width: 'w-8' },
  { width: 'w-32' },
  { width: 'w-24', hide: 'phone' as const },
  { width: 'w-48', hide: 'narrow' as const },
  { width: 'w-16', hide: 'narrow' as const },
  { width: 'w-16', align: 'right' as const, hide: 'phone' as const },
  { width: 'w-12', align: 'right' as const, hide: 'phone' as const },
  { width: '' },
];
