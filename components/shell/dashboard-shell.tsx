'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Building2, Server, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { AppShell } from '#components/layout/app-shell.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { MenuLink } from '#components/ui/menu.tsx';
import { homeQuery } from '#lib/client/executions.ts';
import { sessionQueries, signOut } from '#lib/client/session.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { useCurrentEntity } from './current-entity.ts';
import { useRecentPlaces } from './recent-places.ts';

const ShellPalette = dynamic(() => import('./shell-palette.tsx').then((module) => module.ShellPalette));

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
  const { lost, onSeen } = useLost(me);
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
        {banners.length + lost.length > 0 && (
          <div className="grid gap-2 border-b border-line px-4 py-2 sm:px-6">
            {lost.length > 0 && (
              <Callout
                tone="warning"
                live
                action={
                  <IconButton label="Dismiss" size="sm" onClick={onSeen}>
                    <X />
                  </IconButton>
                }
              >
                You are no longer in {lost.join(', ')}: what belongs there is not shown any more.
              </Callout>
            )}
            {banners.map((notice) => (
              <Callout key={notice.id} tone={notice.severity} action={notice.href && <NoticeLink href={notice.href} />}>
                {notice.text}
              </Callout>
            ))}
          </div>
        )}
        {children}
      </AppShell>
      {searching && <ShellPalette me={me} links={links} entity={entity} onClose={() => setSearching(false)} />}
    </>
  );
}

/**
 * The entities that were mine when the page was opened and are no more. What is hidden from one moment to the next wants a word
 * that waits until somebody looks.
 */
function useLost({ entities }: MeView): { lost: string[]; onSeen: () => void } {
  const [known, setKnown] = useState(entities);
  const lost = known.map(({ name }) => name).filter((name) => !entities.some((entity) => entity.name === name));
  return { lost, onSeen: () => setKnown(entities) };
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
