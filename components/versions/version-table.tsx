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
import { MENU_COLUMN, RowLink, Table } from '#components/ui/table.tsx';
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
  const table = (
    <Table
      caption="Versions"
      items={items}
      keyOf={({ version }) => version}
      loadingRows={4}
      columns={[
        {
          head: 'Version',
          width: 80,
          bar: 'w-8',
          className: 'font-mono font-semibold',
          cell: ({ version }) => <RowLink href={hrefAt({ at, type, collection, version })}>{version}</RowLink>,
        },
        { head: 'Aliases', bar: 'w-32', cell: ({ aliases }) => <Chips names={aliases} kind="alias" /> },
        { head: 'Tags', width: 180, hide: 'phone', bar: 'w-24', cell: ({ tags }) => <Chips names={tags} /> },
        {
          head: inRegistry ? 'Source' : 'Linked to',
          width: 280,
          hide: 'narrow',
          bar: 'w-48',
          cell: (version) => <Provenance version={version} />,
        },
        {
          head: inRegistry ? 'Linked by' : 'By',
          width: 112,
          hide: 'narrow',
          bar: 'w-16',
          cell: ({ createdBy }) => createdBy && <Person name={createdBy.username} />,
        },
        {
          head: inRegistry ? 'Linked' : 'Created',
          width: 112,
          align: 'right',
          hide: 'phone',
          bar: 'w-16',
          cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
        },
        { head: 'Size', width: 88, align: 'right', hide: 'phone', bar: 'w-12', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
        {
          ...MENU_COLUMN,
          cell: (version) => (
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
                  <MenuItem danger icon={version.linked ? <Unlink /> : <Trash2 />} onSelect={() => setOpen({ kind: 'remove', version })}>
                    {version.linked ? 'Unlink' : 'Delete version'}
                  </MenuItem>
                </>
              )}
            </Menu>
          ),
        },
      ]}
    />
  );
  return (
    <>
      <QueryState query={versions} what="The versions" loading={table}>
        {() => table}
      </QueryState>
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

function Chips({ names, kind }: { names: readonly string[]; kind?: 'alias' }) {
  return (
    <span className="flex flex-wrap gap-1">
      {names.length === 0 && <span className="text-fg-3">none</span>}
      {names.map((name) => (
        <Chip key={name} kind={kind}>
          {name}
        </Chip>
      ))}
    </span>
  );
}
