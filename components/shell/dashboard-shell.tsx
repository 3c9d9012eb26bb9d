'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Activity, Building2, FolderPlus, LibraryBig, Server, Users, Webhook, Zap } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { AppShell } from '#components/layout/app-shell.tsx';
import { CommandPalette, type PaletteGroup } from '#components/layout/command-palette.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { MenuLink } from '#components/ui/menu.tsx';
import { homeQuery } from '#lib/client/executions.ts';
import { http } from '#lib/client/http.ts';
import { sessionQueries, signOut } from '#lib/client/session.ts';
import { SearchResult } from '#lib/contracts/home.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { useCurrentEntity } from './current-entity.ts';
import { useRecentPlaces } from './recent-places.ts';

interface DashboardShellProps {
  me: MeView;
  collapsed: boolean;
  rememberedEntity?: string;
  children: ReactNode;
}

/** The frame of every page of the dashboard, wired: who I am, where I am, where I was, and the palette. */
export function DashboardShell({ me: initial, collapsed, rememberedEntity, children }: DashboardShellProps) {
  const me = useQuery({ ...sessionQueries.me(), initialData: initial, refetchInterval: 60_000 }).data;
  const home = useQuery({ ...homeQuery(), staleTime: 60_000 });
  const entity = useCurrentEntity(me, rememberedEntity);
  // What lasts as long as its cause belongs over every page; what can be put away stands on Home.
  const banners = me.notices.filter(({ href }) => href === null);
  const recent = useRecentPlaces(me.username);
  const [searching, setSearching] = useState(false);
  const leaving = useMutation({
    ...signOut(),
    onSuccess: () => {
      forgetDrafts();
      window.location.assign(pagePaths.login());
    },
  });
  const organization = entity.kind === 'organization' ? entity.name : (entity.organization ?? undefined);
  const links = {
    home: pagePaths.home(),
    automations: pagePaths.automations(),
    projects: '/projects',
    registry: pagePaths.registries(organization),
    settings: entity.kind === 'organization' ? pagePaths.organizationSettings(entity.name) : pagePaths.teamSettings(entity.name),
  };

  return (
    <>
      <AppShell
        collapsed={collapsed}
        user={{ name: me.name, email: me.email ?? undefined, role: entity.role }}
        onSignOut={() => leaving.mutate()}
        userMenu={
          me.instanceAdmin && (
            <MenuLink href={pagePaths.instanceSettings()} icon={<Server />}>
              Instance settings
            </MenuLink>
          )
        }
        entity={{ name: entity.name, kind: entity.kind, href: entityHref(entity.name) }}
        entities={me.entities.map(({ name, kind }) => ({ name, kind, href: entityHref(name) }))}
        entityMenu={
          organization && (
            <MenuLink href={pagePaths.organizationSettings(organization)} icon={<Building2 />}>
              Organization settings
            </MenuLink>
          )
        }
        links={links}
        counts={{ attention: home.data?.attention.length || undefined, automations: home.data?.week.automations }}
        recent={recent}
        onSearch={() => setSearching(true)}
      >
        {banners.length > 0 && (
          <div className="grid gap-2 border-b border-line px-4 py-2 sm:px-6">
            {banners.map((notice) => (
              <Callout key={notice.id} tone={notice.severity} action={notice.href && <NoticeLink href={notice.href} />}>
                {notice.text}
              </Callout>
            ))}
          </div>
        )}
        {children}
      </AppShell>
      <CommandPalette open={searching} onOpenChange={setSearching} groups={actionsFor(me, links, entity.name)} search={find} />
    </>
  );
}

const entityHref = (name: string) => `/projects?entity=${encodeURIComponent(name)}`;

function NoticeLink({ href }: { href: string }) {
  return (
    <a href={href} className="font-medium underline underline-offset-2">
      Open
    </a>
  );
}

/** Drafts live in this browser only, and only while their author is signed in. */
function forgetDrafts() {
  for (const key of Object.keys(localStorage)) if (key.startsWith('hookline.draft.')) localStorage.removeItem(key);
}

const RESULT_GROUPS: { kinds: SearchResult['items'][number]['kind'][]; heading: string; icon: ReactNode }[] = [
  { kinds: ['automation'], heading: 'Automations', icon: <Zap /> },
  { kinds: ['project', 'run'], heading: 'Projects and runs', icon: <FolderPlus /> },
  { kinds: ['registry', 'collection'], heading: 'Registries and collections', icon: <LibraryBig /> },
  { kinds: ['execution'], heading: 'Executions', icon: <Activity /> },
  { kinds: ['webhook', 'team'], heading: 'Teams and webhooks', icon: <Users /> },
];

async function find(query: string, signal: AbortSignal): Promise<PaletteGroup[]> {
  const { items } = await http.get('/search', SearchResult, { search: { q: query }, signal });
  return RESULT_GROUPS.map(({ kinds, heading, icon }) => ({
    heading,
    items: items
      .filter(({ kind }) => kinds.includes(kind))
      .map((item) => ({ id: item.href, label: item.title, hint: item.detail, href: item.href, icon })),
  })).filter(({ items: found }) => found.length > 0);
}

function actionsFor(me: MeView, links: Record<string, string>, entity: string): PaletteGroup[] {
  return [
    {
      heading: 'Actions',
      items: [
        { id: 'new-automation', label: 'Create automation', icon: <Zap />, href: pagePaths.newAutomation(), keywords: ['new', 'rule'] },
        { id: 'webhooks', label: 'Webhooks', hint: entity, icon: <Webhook />, href: pagePaths.teamSettings(entity, 'webhooks') },
        ...(entity === me.username
          ? []
          : [{ id: 'members', label: 'Members', hint: entity, icon: <Users />, href: pagePaths.teamSettings(entity, 'members') }]),
      ],
    },
    {
      heading: 'Go to',
      items: [
        { id: 'home', label: 'Home', href: links.home },
        { id: 'automations', label: 'Automations', href: links.automations },
        { id: 'projects', label: 'Projects', href: links.projects },
        { id: 'registry', label: 'Registry', href: links.registry },
        { id: 'settings', label: 'Your settings', href: pagePaths.settings() },
        { id: 'api', label: 'API reference', href: pagePaths.apiReference() },
        ...(me.instanceAdmin ? [{ id: 'instance', label: 'Instance settings', href: pagePaths.instanceSettings() }] : []),
      ],
    },
  ];
}
