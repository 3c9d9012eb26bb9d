'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { FileJson, Link2, Tags, Trash2, Unlink } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { QueryState } from '#components/layout/query-state.tsx';
import { Person } from '#components/ui/avatar.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatBytes } from '#components/ui/format-bytes.ts';
import { LoadMore } from '#components/ui/load-more.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SkeletonRows, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { type Container, collectionQueries, deleteVersion } from '#lib/client/tracking.ts';
import type { VersionView } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { type Role, roleMay } from '#lib/domain/permissions.ts';
import { EditVersion } from './edit-version.tsx';
import { LinkVersion } from './link-version.tsx';

interface VersionTableProps {
  at: Container;
  type?: string;
  collection: string;
  role: Role | null;
  highlighted?: string;
}

type Open = { kind: 'edit' | 'link' | 'delete' | 'metadata'; version: VersionView };

/** Versions, newest first, with what can be done to each. */
export function VersionTable({ at, type, collection, role, highlighted }: VersionTableProps) {
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
                <Tr key={version.version} selected={version.version === highlighted} id={version.version}>
                  <Td className="font-mono font-semibold">{version.version}</Td>
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
                  <Td align="right">
                    <Menu label={`More actions for ${version.version}`} size="sm">
                      <MenuItem icon={<FileJson />} onSelect={() => setOpen({ kind: 'metadata', version })}>
                        Metadata
                      </MenuItem>
                      {mayWrite && (
                        <MenuItem icon={<Tags />} onSelect={() => setOpen({ kind: 'edit', version })}>
                          Edit aliases and tags
                        </MenuItem>
                      )}
                      {mayWrite && !inRegistry && (
                        <MenuItem icon={<Link2 />} onSelect={() => setOpen({ kind: 'link', version })}>
                          Link to registry
                        </MenuItem>
                      )}
                      {mayWrite && (
                        <>
                          <MenuSeparator />
                          <MenuItem
                            danger
                            icon={inRegistry ? <Unlink /> : <Trash2 />}
                            onSelect={() => setOpen({ kind: 'delete', version })}
                          >
                            {inRegistry ? 'Unlink' : 'Delete version'}
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
      <LoadMore onMore={versions.hasNextPage ? () => void versions.fetchNextPage() : undefined} loading={versions.isFetchingNextPage} />
      {open?.kind === 'edit' && <EditVersion at={at} type={type} collection={collection} version={open.version} onClose={close} />}
      {open?.kind === 'link' && <LinkVersion at={at} type={type} collection={collection} version={open.version} onClose={close} />}
      {open?.kind === 'delete' && <RemoveVersion at={at} type={type} collection={collection} version={open.version} onClose={close} />}
      {open?.kind === 'metadata' && (
        <Dialog open onOpenChange={(next) => !next && close()} title={`Metadata of ${collection}:${open.version.version}`} size="lg">
          <CodeBlock label="metadata.json" text={JSON.stringify(open.version.metadata, null, 2)} />
        </Dialog>
      )}
    </>
  );
}

function Provenance({ version: { source, linkedTo } }: { version: VersionView }) {
  if (source)
    return (
      <TextLink
        className="block truncate font-mono text-[12px]"
        href={`${pagePaths.collection(source.entity, source.project, source.type, source.collection)}?version=${source.version}`}
      >
        {source.entity}/{source.project}/{source.collection}:{source.version}
      </TextLink>
    );
  return linkedTo.map((link) => (
    <TextLink
      key={`${link.registry}/${link.collection}`}
      className="block truncate font-mono text-[12px]"
      href={pagePaths.registryCollection(link.registry, link.collection, link.organization)}
    >
      {link.registry}/{link.collection}:{link.version}
    </TextLink>
  ));
}

function RemoveVersion({
  at,
  type,
  collection,
  version,
  onClose,
}: Omit<VersionTableProps, 'role'> & { version: VersionView; onClose: () => void }) {
  const inRegistry = 'registry' in at;
  const remove = useMutation({
    ...deleteVersion(useQueryClient(), at, collection, type),
    onSuccess: () => {
      toast.success(inRegistry ? `Unlinked ${version.version}` : `Deleted ${version.version}`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(next) => !next && onClose()}
      danger
      title={inRegistry ? `Unlink ${collection}:${version.version}?` : `Delete ${collection}:${version.version}?`}
      description={
        inRegistry
          ? 'It leaves this collection with its aliases here; the source version stays. Automations that wait for unlinking fire.'
          : `Its files and aliases${version.linkedTo.length ? `, and its ${version.linkedTo.length} links in registries,` : ''} go with it.`
      }
      confirmLabel={inRegistry ? 'Unlink' : 'Delete version'}
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate({ version: version.version, force: true })}
    />
  );
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
