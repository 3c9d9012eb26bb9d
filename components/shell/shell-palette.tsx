'use client';

import { Activity, FolderPlus, LibraryBig, Users, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { CommandPalette, type PaletteGroup, type PaletteItem } from '#components/layout/command-palette.tsx';
import { mayOpen, TEAM_SECTIONS } from '#components/settings/team-sections.tsx';
import { searchEverywhere } from '#lib/client/search.ts';
import type { SearchResult } from '#lib/contracts/home.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { pagePaths, type TeamSection } from '#lib/domain/page-paths.ts';

interface ShellPaletteProps {
  me: MeView;
  links: Record<string, string>;
  /** Where the visitor is. */
  entity: MeView['entities'][number];
  onClose: () => void;
}

/** The palette, with what this visitor may go to and do. */
export function ShellPalette({ me, links, entity, onClose }: ShellPaletteProps) {
  return <CommandPalette open onOpenChange={(open) => !open && onClose()} groups={actionsFor(me, links, entity)} search={find} />;
}

const RESULT_GROUPS: { kinds: SearchResult['items'][number]['kind'][]; heading: string; icon: ReactNode }[] = [
  { kinds: ['automation'], heading: 'Automations', icon: <Zap /> },
  { kinds: ['project', 'run'], heading: 'Projects and runs', icon: <FolderPlus /> },
  { kinds: ['registry', 'collection'], heading: 'Registries and collections', icon: <LibraryBig /> },
  { kinds: ['execution'], heading: 'Executions', icon: <Activity /> },
  { kinds: ['webhook', 'team'], heading: 'Teams and webhooks', icon: <Users /> },
];

async function find(query: string, signal: AbortSignal): Promise<PaletteGroup[]> {
  const { items } = await searchEverywhere(query, signal);
  return RESULT_GROUPS.map(({ kinds, heading, icon }) => ({
    heading,
    items: items
      .filter(({ kind }) => kinds.includes(kind))
      .map((item) => ({ id: item.href, label: item.title, hint: item.detail, href: item.href, icon })),
  })).filter(({ items: found }) => found.length > 0);
}

/** Words by which somebody may look for a section who does not know its name. */
const SECTION_KEYWORDS: Partial<Record<TeamSection, readonly string[]>> = {
  connect: ['wandb', 'python', 'client', 'snippet', 'login', 'export'],
  'api-keys': ['token', 'service account'],
  members: ['invite', 'people', 'roles'],
  slack: ['channel', 'notification'],
};

function sectionsOf({ name, kind, role }: ShellPaletteProps['entity']): PaletteItem[] {
  if (kind === 'organization') return [];
  return TEAM_SECTIONS.filter((section) => mayOpen({ name, kind, role }, section)).map(({ id, label, icon }) => ({
    id: `section-${id}`,
    label,
    icon,
    hint: name,
    href: pagePaths.teamSettings(name, id),
    keywords: ['settings', ...(SECTION_KEYWORDS[id] ?? [])],
  }));
}

function actionsFor(me: MeView, links: Record<string, string>, entity: ShellPaletteProps['entity']): PaletteGroup[] {
  return [
    {
      heading: 'Actions',
      items: [
        { id: 'new-automation', label: 'Create automation', icon: <Zap />, href: pagePaths.newAutomation(), keywords: ['new', 'rule'] },
      ],
    },
    { heading: entity.kind === 'team' ? 'Team settings' : 'Settings of your space', items: sectionsOf(entity) },
    {
      heading: 'Go to',
      items: [
        { id: 'home', label: 'Home', href: links.home },
        { id: 'automations', label: 'Automations', href: links.automations },
        { id: 'dead-letters', label: 'Dead letters', href: pagePaths.deadLetters(), keywords: ['failed', 'replay', 'retry'] },
        { id: 'projects', label: 'Projects', href: links.projects },
        { id: 'registry', label: 'Registry', href: links.registry },
        { id: 'settings', label: 'Your settings', href: pagePaths.settings() },
        { id: 'api', label: 'API reference', href: pagePaths.apiReference() },
        ...(me.instanceAdmin ? [{ id: 'instance', label: 'Instance settings', href: pagePaths.instanceSettings() }] : []),
      ],
    },
  ];
}
