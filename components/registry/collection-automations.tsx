'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { FileText, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { DeleteAutomation } from '#components/automations/automation-table.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { Menu, MenuItem, MenuLink } from '#components/ui/menu.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, SkeletonRows, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';
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
      <Table caption="Automations">
        <TableHead>
          <Th>Name</Th>
          <Th width={320} hide="phone">
            Trigger type
          </Th>
          <Th width={220} hide="narrow">
            Action type
          </Th>
          <Th width={112} align="right">
            Last fired
          </Th>
          <Th width={58} silent>
            Actions
          </Th>
        </TableHead>
        <TableBody>
          {automations ? (
            automations.map((automation) => <Row key={automation.id} automation={automation} onDelete={setDeleting} />)
          ) : (
            <SkeletonRows
              rows={2}
              columns={[
                { width: 'w-48' },
                { width: 'w-48', hide: 'phone' },
                { width: 'w-32', hide: 'narrow' },
                { width: 'w-16', align: 'right' },
                { width: '' },
              ]}
            />
          )}
        </TableBody>
      </Table>
      {deleting && <DeleteAutomation automation={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

function Row({ automation, onDelete }: { automation: AutomationView; onDelete: (automation: AutomationView) => void }) {
  const { name, href, enabled, on, action, target, lastFiredAt, role } = automation;
  return (
    <Tr muted={!enabled}>
      <Td>
        <span className="flex min-w-0 items-center gap-2">
          <RowLink href={href}>{name}</RowLink>
          {!enabled && <Badge icon={null}>Off</Badge>}
        </span>
      </Td>
      <Td hide="phone">
        <span className="block truncate">{eventTypeOf(on).label}</span>
      </Td>
      <Td hide="narrow">
        <ActionType action={action} target={target} />
      </Td>
      <Td align="right">{lastFiredAt === null ? <span className="text-fg-3">Never</span> : <RelativeTime at={lastFiredAt} />}</Td>
      <Td menu>
        <Menu label={`More actions for ${name}`} size="sm">
          <MenuLink icon={<FileText />} href={href}>
            View properties
          </MenuLink>
          {roleMay(role, 'automations:write') && (
            <MenuItem danger icon={<Trash2 />} onSelect={() => onDelete(automation)}>
              Delete
            </MenuItem>
          )}
        </Menu>
      </Td>
    </Tr>
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
