'use client';

import { Link2, Plus, Tags, Trash2, Unlink } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { newAutomationHref } from '#components/automations/new-automation-href.ts';
import { collectionScope } from '#components/registry/collection-scope.ts';
import { Person } from '#components/ui/avatar.tsx';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { formatBytes } from '#components/ui/format-bytes.ts';
import { MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import type { VersionAt } from '#lib/client/versions.ts';
import type { VersionDetail } from '#lib/contracts/tracking.ts';
import { pagePaths, type VersionTab } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { VersionDialog, type VersionDialogKind } from './version-dialog.tsx';
import { hrefAt } from './version-href.ts';

/** Title, actions and tabs of every page of a version. */
export function VersionFrame({ at, view, tab }: { at: VersionAt; view: VersionDetail; tab: VersionTab | undefined }) {
  const tabs: { id?: VersionTab; label: string; count?: number }[] = [
    { label: 'Overview' },
    { id: 'files', label: 'Files', count: view.files },
    { id: 'lineage', label: 'Lineage' },
    { id: 'automations', label: 'Automations' },
  ];
  return (
    <div className="px-4 sm:px-6">
      <Header at={at} view={view} />
      <TabLinks
        label="Version"
        tabs={tabs.map(({ id, label, count }) => ({
          href: hrefAt(at, id),
          label,
          count: count?.toLocaleString('en'),
          current: id === tab,
        }))}
      />
    </div>
  );
}

function Header({ at: { at, type, collection }, view }: { at: VersionAt; view: VersionDetail }) {
  const [open, setOpen] = useState<VersionDialogKind | null>(null);
  const router = useRouter();
  const { role, linked, createdBy } = view;
  const mayWrite = roleMay(role, 'artifacts:write');
  const automate = roleMay(role, 'automations:write') ? newAutomationHref(collectionScope(at, collection)) : null;
  const toCollection =
    'registry' in at
      ? pagePaths.registryCollection(at.registry, collection, at.organization)
      : pagePaths.collection(at.entity, at.project, type ?? '', collection);
  return (
    <>
      <PageHeader
        title={
          <span className="font-mono">
            {collection}:{view.version}
          </span>
        }
        badge={<Aliases aliases={view.aliases} />}
        meta={[
          view.type,
          ...(view.sizeBytes > 0 ? [formatBytes(view.sizeBytes)] : []),
          <span key="created" className="inline-flex items-center gap-1">
            {linked ? 'made' : 'created'} <RelativeTime at={view.createdAt} />
          </span>,
          ...(createdBy ? [<Person key="by" name={createdBy.username} />] : []),
          ...(view.tags.length > 0 ? [<TagList key="tags" tags={view.tags} />] : []),
        ]}
        action={<MainAction mayLink={mayWrite && !linked} onLink={() => setOpen('link')} automate={automate} />}
        menu={
          mayWrite && (
            <>
              <MenuItem icon={<Tags />} onSelect={() => setOpen('edit')}>
                Edit aliases and tags
              </MenuItem>
              {!linked && automate && (
                <MenuLink icon={<Plus />} href={automate}>
                  Create automation
                </MenuLink>
              )}
              <MenuSeparator />
              <MenuItem danger icon={linked ? <Unlink /> : <Trash2 />} onSelect={() => setOpen('remove')}>
                {linked ? 'Unlink' : 'Delete version'}
              </MenuItem>
            </>
          )
        }
      />
      {open && (
        <VersionDialog
          kind={open}
          at={at}
          type={type}
          collection={collection}
          version={view}
          onClose={() => setOpen(null)}
          onRemoved={() => router.push(toCollection)}
        />
      )}
    </>
  );
}

/** Versions of projects go to registries; what is in a registry already is what automations deploy. */
function MainAction({ mayLink, onLink, automate }: { mayLink: boolean; onLink: () => void; automate: string | null }) {
  if (mayLink)
    return (
      <Button variant="primary" onClick={onLink}>
        <Link2 />
        Link to registry
      </Button>
    );
  return (
    automate && (
      <ButtonLink variant="primary" href={automate}>
        <Plus />
        Create automation
      </ButtonLink>
    )
  );
}

function Aliases({ aliases }: { aliases: readonly string[] }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      {aliases.map((alias) => (
        <Chip key={alias} kind="alias">
          {alias}
        </Chip>
      ))}
    </span>
  );
}

function TagList({ tags }: { tags: readonly string[] }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      {tags.map((tag) => (
        <Chip key={tag}>{tag}</Chip>
      ))}
    </span>
  );
}
