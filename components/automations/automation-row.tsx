'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy, FileCode, History, Pencil, Play, Trash2 } from 'lucide-react';
import { TargetName } from '#components/executions/target-name.tsx';
import { Person } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { RowNote } from '#components/ui/callout.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { DotsStrip } from '#components/ui/dots-strip.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { RowLink, Td, Tr } from '#components/ui/table.tsx';
import { toast } from '#components/ui/toast.ts';
import { updateAutomation } from '#lib/client/automations.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';
import { describeTrigger } from '#lib/domain/describe.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { ScopeName } from './scope-name.tsx';
import { Words } from './words.tsx';

interface AutomationRowProps {
  automation: AutomationView;
  showScope: boolean;
  /** Set where rows can be selected; null while nothing is and the pointer is elsewhere. */
  selection?: { selected: boolean; any: boolean; onChange: (selected: boolean) => void };
  onDelete: (automation: AutomationView) => void;
}

export function AutomationRow({ automation, showScope, selection, onDelete }: AutomationRowProps) {
  const mayWrite = roleMay(automation.role, 'automations:write');
  return (
    <Tr muted={!automation.enabled} selected={selection?.selected}>
      <Td>
        {selection && mayWrite && (
          <span className={selection.any ? 'relative' : 'relative hidden group-focus-within/row:inline group-hover/row:inline'}>
            <Checkbox aria-label={`Select ${automation.name}`} checked={selection.selected} onChange={selection.onChange} />
          </span>
        )}
        <span className={selection && mayWrite ? (selection.any ? 'hidden' : 'group-focus-within/row:hidden group-hover/row:hidden') : ''}>
          <EnabledSwitch automation={automation} mayWrite={mayWrite} />
        </span>
      </Td>
      <Td>
        <span className="flex min-w-0 items-center gap-2">
          <RowLink href={automation.href}>{automation.name}</RowLink>
          {!automation.enabled && <Badge icon={null}>Off</Badge>}
          {automation.target?.state === 'paused' && <Badge tone="warning">Paused</Badge>}
        </span>
        <span className="flex flex-wrap items-baseline gap-x-1.5 text-fg-2">
          <span className="min-w-0 truncate">
            <Words words={describeTrigger(automation)} />
          </span>
          <TargetName kind={automation.target?.kind ?? 'nothing'} name={automation.target?.name ?? targetNameOf(automation)} />
        </span>
        {automation.problem && <RowNote tone="warning">{automation.problem}</RowNote>}
      </Td>
      {showScope && (
        <Td hide="narrow">
          <ScopeName scope={automation.scope} />
        </Td>
      )}
      <Td hide="phone">
        <DotsStrip label="Last 20 executions" marks={automation.recent.map(({ status }) => (status === 'running' ? 'pending' : status))} />
      </Td>
      <Td align="right" hide="phone">
        {automation.lastFiredAt === null ? <span className="text-fg-3">Never</span> : <RelativeTime at={automation.lastFiredAt} />}
      </Td>
      <Td hide="narrow">{automation.createdBy && <Person name={automation.createdBy.username} />}</Td>
      <Td align="right">
        <span className="relative">
          <Menu label={`More actions for ${automation.name}`} size="sm">
            <MenuLink icon={<Pencil />} href={`${automation.href}/edit`}>
              {mayWrite ? 'Edit' : 'View'}
            </MenuLink>
            {mayWrite && (
              <MenuLink icon={<Copy />} href={`${pagePaths.newAutomation()}?from=${automation.id}`}>
                Duplicate
              </MenuLink>
            )}
            {mayWrite && (
              <MenuLink icon={<Play />} href={`${automation.href}?run=now`}>
                Run now
              </MenuLink>
            )}
            <MenuLink icon={<History />} href={automation.href}>
              History
            </MenuLink>
            <MenuLink icon={<FileCode />} href={`${automation.href}?code=yaml`}>
              View as code
            </MenuLink>
            {mayWrite && (
              <>
                <MenuSeparator />
                <MenuItem danger icon={<Trash2 />} onSelect={() => onDelete(automation)}>
                  Delete
                </MenuItem>
              </>
            )}
          </Menu>
        </span>
      </Td>
    </Tr>
  );
}

const targetNameOf = ({ action }: AutomationView) => ('webhook' in action ? action.webhook : 'slack' in action ? action.slack : 'Nothing');

/** Switches at once and takes it back when the server refuses. Viewers read the word. */
export function EnabledSwitch({ automation, mayWrite }: { automation: AutomationView; mayWrite: boolean }) {
  const update = useMutation({
    ...updateAutomation(useQueryClient()),
    onError: (error) => void toast.error(error.message),
  });
  const enabled = update.isPending ? update.variables.enabled! : automation.enabled;
  if (!mayWrite) return <span className="text-fg-2">{enabled ? 'On' : 'Off'}</span>;
  return (
    <span className="relative">
      <Switch
        aria-label={`${automation.name} enabled`}
        checked={enabled}
        onChange={(next) => update.mutate({ id: automation.id, enabled: next })}
      />
    </span>
  );
}
