'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Plus, Tags } from 'lucide-react';
import { useState } from 'react';
import { AutomationTable } from '#components/automations/automation-table.tsx';
import { newAutomationHref } from '#components/automations/starting-points.tsx';
import { countOf } from '#components/layout/count-text.ts';
import { Page } from '#components/layout/page.tsx';
import { PageHeaderSkeleton } from '#components/layout/page-states.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { MenuItem } from '#components/ui/menu.tsx';
import { PageHeader, SectionHeader } from '#components/ui/page-header.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { type Container, collectionQueries } from '#lib/client/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import type { ScopeDocument } from '#lib/domain/scope.ts';
import { CollectionTags } from './collection-tags.tsx';
import { VersionTable } from './version-table.tsx';

interface CollectionScreenProps {
  at: Container;
  /** Of a project's collection: it is part of its address. */
  type?: string;
  collection: string;
  /** `v3`, when the address names one. */
  version?: string;
}

/** A collection: its versions with aliases and tags, and the automations that watch it. */
export function CollectionScreen({ at, type, collection, version }: CollectionScreenProps) {
  const query = useQuery(collectionQueries.one(at, collection, type));
  const scope = scopeOf(at, collection);
  const inRegistry = 'registry' in at;
  return (
    <Page crumbs={crumbsOf(at, type, collection)}>
      <QueryState query={query} what="The collection" loading={<PageHeaderSkeleton />}>
        {(view) => (
          <>
            <CollectionHeader at={at} collection={collection} type={type} scope={scope} />
            <SectionHeader title="Versions" note={countOf(view.versions, 'version')} className="pt-4" />
            <VersionTable at={at} type={type} collection={collection} role={view.role} highlighted={version} />
          </>
        )}
      </QueryState>
      <CollectionAutomations scope={scope} at={at} label={inRegistry ? at.registry : at.project} />
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

function CollectionAutomations({ scope, at, label }: { scope: ScopeDocument; at: Container; label: string }) {
  const [kind, name] = Object.entries(scope)[0] as [string, string];
  const automations = useInfiniteQuery(automationQueries.list({ watching: `${kind}:${name}` }));
  const items = automations.data?.pages.flatMap((page) => page.items);
  const all =
    'registry' in at
      ? pagePaths.registryAutomations(at.registry, at.organization)
      : pagePaths.project(at.entity, at.project, 'automations');
  return (
    <section aria-label="Automations">
      <SectionHeader title="Automations" note="that watch this collection" end={<TextLink href={all}>All of {label}</TextLink>} />
      <QueryState query={automations} what="The automations" loading={<AutomationTable />}>
        {() =>
          items?.length === 0 ? (
            <EmptyState size="inline" title="None yet">
              Deploy on an alias, or validate what is linked: create an automation above.
            </EmptyState>
          ) : (
            <AutomationTable automations={items} />
          )
        }
      </QueryState>
    </section>
  );
}

const scopeOf = (at: Container, collection: string): ScopeDocument =>
  'registry' in at
    ? { registryCollection: `${at.organization ? `${at.organization}/` : ''}${at.registry}/${collection}` }
    : { collection: `${at.entity}/${at.project}/${collection}` };

const crumbsOf = (at: Container, type: string | undefined, collection: string) =>
  'registry' in at
    ? [
        { label: 'Registry', href: pagePaths.registries(at.organization) },
        { label: at.registry, href: pagePaths.registry(at.registry, at.organization) },
        { label: collection },
      ]
    : [
        { label: at.entity, href: `/projects?entity=${encodeURIComponent(at.entity)}` },
        { label: at.project, href: pagePaths.project(at.entity, at.project) },
        { label: 'Artifacts', href: pagePaths.project(at.entity, at.project, 'artifacts') },
        ...(type ? [{ label: type }] : []),
        { label: collection },
      ];
