'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { FileText, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { DeleteAutomation } from '#components/automations/delete-automation.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { Menu, MenuItem, MenuLink } from '#components/ui/menu.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { MENU_COLUMN, RowLink, Table } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import type { Container } from '#lib/client/tracking.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';
import { eventTypeOf } from '#lib/domain/event-types.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import type { ScopeDocument } from '#lib/domain/scope.ts';

/** The automations that watch a collection, from whatever scope. */
export function CollectionAutomations({ scope, at }: { scope: ScopeDocument; at: Container }) {
  const query = useInfiniteQuery(automationQueries.watching(scope));
  const items = query.data?.pages.flatMap((page) => page.items);
  const [label, all] =
    'registry' in at
      ? [at.registry, pagePaths.registryAutomations(at.registry, at.organization)]
      : [at.project, pagePaths.project(at.entity, at.project, 'automations')];
  return (
    <section aria-label="Automations">
      <SectionHeader title="Automations" note="that watch this collection" end={<TextLink href={all}>All of {label}</TextLink>} />
      <QueryState query={query} what="The automations" loading={<AutomationRows />}>
        {() =>
          items?.length === 0 ? (
            <EmptyState size="inline" title="None yet">
              Deploy on an alias, or validate what is linked: create an automation above.
            </EmptyState>
          ) : (
            <AutomationRows automations={items} />
          )
        }
      </QueryState>
      <LoadMore {...nextPageOf(query)} />
    </section>
  );
}

function AutomationRows({ automations }: { automations?: readonly AutomationView[] }) {
  const [deleting, setDeleting] = useState<AutomationView | null>(null);
  return (
    <>
      <Table
        caption="Automations"
        items={automations}
        keyOf={({ id }) => id}
        muted={({ enabled }) => !enabled}
        loadingRows={2}
        columns={[
          {
            head: 'Name',
            bar: 'w-48',
            cell: ({ href, name, enabled }) => (
              <span className="flex min-w-0 items-center gap-2">
                <RowLink href={href}>{name}</RowLink>
                {!enabled && <Badge icon={null}>Off</Badge>}
              </span>
            ),
          },
          { head: 'Trigger type', width: 320, hide: 'phone', bar: 'w-48', className: 'truncate', cell: ({ on }) => eventTypeOf(on).label },
          { head: 'Action type', width: 220, hide: 'narrow', bar: 'w-32', cell: (automation) => <ActionType {...automation} /> },
          {
            head: 'Last fired',
            width: 112,
            align: 'right',
            bar: 'w-16',
            cell: ({ lastFiredAt }) =>
              lastFiredAt === null ? <span className="text-fg-3">Never</span> : <RelativeTime at={lastFiredAt} />,
          },
          {
            ...MENU_COLUMN,
            cell: (automation) => (
              <Menu label={`More actions for ${automation.name}`} size="sm">
                <MenuLink icon={<FileText />} href={automation.href}>
                  View properties
                </MenuLink>
                {roleMay(automation.role, 'automations:write') && (
                  <MenuItem danger icon={<Trash2 />} onSelect={() => setDeleting(automation)}>
                    Delete
                  </MenuItem>
                )}
              </Menu>
            ),
          },
        ]}
      />
      {deleting && <DeleteAutomation automation={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

function ActionType({ action, target }: Pick<AutomationView, 'action' | 'target'>) {
  if ('nothing' in action) return <span className="text-fg-2">Nothing</span>;
  const [kind, name] = 'webhook' in action ? ['Webhook', action.webhook] : ['Slack', action.slack];
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      {kind}
      <span className="truncate text-fg-2">{target?.name ?? name}</span>
    </span>
  );
}
