'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, Tags } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { newAutomationHref } from '#components/automations/new-automation-href.ts';
import { countOf } from '#components/layout/count-text.ts';
import { Page } from '#components/layout/page.tsx';
import { PageHeaderSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { MenuItem } from '#components/ui/menu.tsx';
import { PageHeader, SectionHeader } from '#components/ui/page-header.tsx';
import { VersionTable } from '#components/versions/version-table.tsx';
import { type Container, collectionQueries } from '#lib/client/tracking.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import type { ScopeDocument } from '#lib/domain/scope.ts';
import { CollectionAutomations } from './collection-automations.tsx';
import { collectionCrumbs } from './collection-crumbs.ts';
import { collectionScope } from './collection-scope.ts';

const CollectionTags = dynamic(() => import('./collection-tags.tsx').then((module) => module.CollectionTags));

interface CollectionScreenProps {
  at: Container;
  /** Of a project's collection: it is part of its address. */
  type?: string;
  collection: string;
}

/** A collection: its versions with aliases and tags, and the automations that watch it. */
export function CollectionScreen({ at, type, collection }: CollectionScreenProps) {
  const query = useQuery(collectionQueries.one(at, collection, type));
  const scope = collectionScope(at, collection);
  return (
    <Page crumbs={collectionCrumbs({ at, type, collection })}>
      <QueryState query={query} what="The collection" loading={<PageHeaderSkeleton />}>
        {(view) => (
          <>
            <CollectionHeader at={at} collection={collection} type={type} scope={scope} />
            <SectionHeader title="Versions" note={countOf(view.versions, 'version')} className="pt-4" />
            <VersionTable at={at} type={type} collection={collection} role={view.role} />
          </>
        )}
      </QueryState>
      <CollectionAutomations scope={scope} at={at} />
    </Page>
  );
}

function CollectionHeader({ at, collection, type, scope }: { at: Container; collection: string; type?: string; scope: ScopeDocument }) {
  const view = useQuery(collectionQueries.one(at, collection, type)).data!;
  const [tagging, setTagging] = useState(false);
  const mayWrite = roleMay(view.role, 'artifacts:write');
  return (
    <>
      <PageHeader
        owner={'registry' in at ? at.registry : at.project}
        title={view.name}
        meta={[
          'Collection',
          `type ${view.type}`,
          ...(view.description ? [view.description] : []),
          ...view.tags.map((tag) => <Chip key={tag}>{tag}</Chip>),
        ]}
        action={
          roleMay(view.role, 'automations:write') && (
            <ButtonLink variant="primary" href={newAutomationHref(scope)}>
              <Plus />
              Create automation
            </ButtonLink>
          )
        }
        menu={
          mayWrite && (
            <MenuItem icon={<Tags />} onSelect={() => setTagging(true)}>
              Edit tags and description
            </MenuItem>
          )
        }
      />
      {tagging && <CollectionTags at={at} type={type} view={view} onClose={() => setTagging(false)} />}
    </>
  );
}
