'use client';

import { Copy, FileCode, History, Pencil, Play, SquareCheck, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { TargetName } from '#components/executions/target-name.tsx';
import { Person } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { RowNote } from '#components/ui/callout.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { cn } from '#components/ui/class-names.ts';
import { DotsStrip } from '#components/ui/dots-strip.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { MENU_COLUMN, RowLink, Table } from '#components/ui/table.tsx';
import type { AutomationView } from '#lib/contracts/automations.ts';
import { describeTrigger } from '#lib/domain/describe.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { DeleteAutomation } from './delete-automation.tsx';
import { EnabledSwitch } from './enabled-switch.tsx';
import { ScopeName } from './scope-name.tsx';
import { Words } from './words.tsx';

interface Selection {
  ids: ReadonlySet<string>;
  onChange: (id: string, selected: boolean) => void;
}

interface AutomationTableProps {
  /** Absent while they load. */
  automations?: readonly AutomationView[];
  showScope?: boolean;
  /** Set where rows can be selected. */
  selection?: Selection;
}

const mayWrite = ({ role }: AutomationView) => roleMay(role, 'automations:write');

/** Rules as rows: on or off, what in a sentence, where, how the last 20 went, when, whose. */
export function AutomationTable({ automations, showScope = true, selection }: AutomationTableProps) {
  const [deleting, setDeleting] = useState<AutomationView | null>(null);
  return (
    <>
      <Table
        caption="Automations"
        rows="two"
        items={automations}
        keyOf={({ id }) => id}
        muted={({ enabled }) => !enabled}
        selected={({ id }) => selection?.ids.has(id) ?? false}
        columns={[
          {
            head: 'Enabled',
            width: 64,
            silent: true,
            bar: 'w-8',
            cell: (automation) => <Switches automation={automation} selection={selection} />,
          },
          { head: 'Automation', bar: 'w-64', cell: (automation) => <Rule automation={automation} /> },
          showScope && { head: 'Scope', width: 136, hide: 'narrow', bar: 'w-20', cell: ({ scope }) => <ScopeName scope={scope} /> },
          {
            head: 'Last 20 executions',
            width: 184,
            hide: 'phone',
            bar: 'w-40',
            cell: ({ recent }) => <Recent recent={recent} />,
          },
          {
            head: 'Last fired',
            width: 104,
            align: 'right',
            hide: 'phone',
            bar: 'w-16',
            cell: ({ lastFiredAt }) => <LastFired at={lastFiredAt} />,
          },
          {
            head: 'Owner',
            width: 104,
            hide: 'narrow',
            bar: 'w-16',
            cell: ({ createdBy }) => createdBy && <Person name={createdBy.username} />,
          },
          { ...MENU_COLUMN, cell: (automation) => <RowMenu automation={automation} selection={selection} onDelete={setDeleting} /> },
        ]}
      />
      {deleting && <DeleteAutomation automation={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

/**
 * The switch and, in the margin before it, the box that selects: there under the pointer, with the focus, and once anything
 * is selected. A phone has no margin: there the box takes the switch's place. Both lie above the link that covers the row.
 */
function Switches({ automation, selection }: { automation: AutomationView; selection?: Selection }) {
  const any = selection !== undefined && selection.ids.size > 0;
  return (
    <>
      {selection && mayWrite(automation) && (
        <span
          className={cn(
            'absolute top-1/2 left-1 z-1 -translate-y-1/2',
            any
              ? '@max-[680px]:left-4'
              : 'opacity-0 group-hover/row:opacity-100 group-has-[:focus-visible]/row:opacity-100 @max-[680px]:hidden',
          )}
        >
          <Checkbox
            aria-label={`Select ${automation.name}`}
            checked={selection.ids.has(automation.id)}
            onChange={(selected) => selection.onChange(automation.id, selected)}
          />
        </span>
      )}
      <span className={cn('relative z-1 inline-block align-middle', any && '@max-[680px]:invisible')}>
        <EnabledSwitch automation={automation} mayWrite={mayWrite(automation)} />
      </span>
    </>
  );
}

function Rule({ automation }: { automation: AutomationView }) {
  return (
    <>
      <span className="flex min-w-0 items-center gap-2">
        <RowLink href={automation.href}>{automation.name}</RowLink>
        {!automation.enabled && <Badge icon={null}>Off</Badge>}
        {automation.target?.state === 'paused' && <Badge tone="warning">Paused</Badge>}
      </span>
      <span className="flex flex-wrap items-baseline gap-x-1.5 text-fg-2">
        <span className="min-w-0 truncate @max-[680px]:whitespace-normal">
          <Words words={describeTrigger(automation)} />
        </span>
        <TargetName kind={automation.target?.kind ?? 'nothing'} name={automation.target?.name ?? targetNameOf(automation)} />
      </span>
      {automation.problem && <RowNote tone="warning">{automation.problem}</RowNote>}
      <span className="mt-1.5 hidden items-center justify-between gap-2 @max-[680px]:flex">
        <Recent recent={automation.recent} />
        <span className="text-meta">
          <LastFired at={automation.lastFiredAt} />
        </span>
      </span>
    </>
  );
}

function Recent({ recent }: Pick<AutomationView, 'recent'>) {
  return <DotsStrip label="Last 20 executions" marks={recent.map(({ status }) => (status === 'running' ? 'pending' : status))} />;
}

function LastFired({ at }: { at: number | null }) {
  return at === null ? <span className="text-fg-3">Never</span> : <RelativeTime at={at} />;
}

interface RowMenuProps {
  automation: AutomationView;
  selection: Selection | undefined;
  onDelete: (automation: AutomationView) => void;
}

function RowMenu({ automation, selection, onDelete }: RowMenuProps) {
  const writes = mayWrite(automation);
  return (
    <Menu label={`More actions for ${automation.name}`} size="sm">
      <MenuLink icon={<Pencil />} href={`${automation.href}/edit`}>
        {writes ? 'Edit' : 'View'}
      </MenuLink>
      {writes && (
        <MenuLink icon={<Copy />} href={`${pagePaths.newAutomation()}?from=${automation.id}`}>
          Duplicate
        </MenuLink>
      )}
      {writes && (
        <MenuLink icon={<Play />} href={`${automation.href}?run=now`}>
          Run now
        </MenuLink>
      )}
      {writes && selection && (
        <MenuItem icon={<SquareCheck />} onSelect={() => selection.onChange(automation.id, !selection.ids.has(automation.id))}>
          {selection.ids.has(automation.id) ? 'Take out of the selection' : 'Select'}
        </MenuItem>
      )}
      <MenuLink icon={<History />} href={automation.href}>
        History
      </MenuLink>
      <MenuLink icon={<FileCode />} href={`${automation.href}?code=yaml`}>
        View as code
      </MenuLink>
      {writes && (
        <>
          <MenuSeparator />
          <MenuItem danger icon={<Trash2 />} onSelect={() => onDelete(automation)}>
            Delete
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

const targetNameOf = ({ action }: AutomationView) => ('webhook' in action ? action.webhook : 'slack' in action ? action.slack : 'Nothing');
