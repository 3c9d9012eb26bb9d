'use client';

import { Activity, FolderPlus, LibraryBig, Users, Webhook, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { CommandPalette, type PaletteGroup } from '#components/layout/command-palette.tsx';
import { searchEverywhere } from '#lib/client/search.ts';
import type { SearchResult } from '#lib/contracts/home.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

interface ShellPaletteProps {
  me: MeView;
  links: Record<string, string>;
  /** Where the visitor is. */
  entity: string;
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
