'use client';

import { BellRing, Pencil, Power, PowerOff, Send, Trash2 } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { RowNote } from '#components/ui/callout.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { MENU_COLUMN, RowLink, Table } from '#components/ui/table.tsx';
import type { SlackChannelView } from '#lib/contracts/integrations.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import type { Owner } from './team-sections.tsx';
import { UsedBy } from './used-by.tsx';
import { Health, PhoneHealth, TargetBadge, TargetNote } from './webhook-table.tsx';

type Act = (channel: SlackChannelView) => void;

interface SlackTableProps {
  owner: Owner;
  /** Absent while they load. */
  channels?: readonly SlackChannelView[];
  onEdit?: Act;
  onTest?: Act;
  onToggle?: Act;
  onDelete?: Act;
}

export function SlackTable({ owner, channels, onEdit, onTest, onToggle, onDelete }: SlackTableProps) {
  const mayWrite = roleMay(owner.role, 'integrations:write');
  return (
    <Table
      caption={`Slack channels of ${owner.name}`}
      rows="two"
      items={channels}
      keyOf={(channel) => channel.id}
      muted={(channel) => !channel.enabled}
      loadingRows={3}
      columns={[
        {
          head: 'Channel',
          bar: 'w-48',
          cell: (channel) => (
            <>
              <span className="flex min-w-0 items-center gap-2">
                <RowLink href={pagePaths.slackChannel(owner.name, channel.id)}>{channel.name}</RowLink>
                {channel.receivesRunAlerts && (
                  <Badge tone="accent" icon={<BellRing />}>
                    Run alerts
                  </Badge>
                )}
                <TargetBadge target={channel} />
              </span>
              <span className="block truncate text-fg-2">
                {channel.kind === 'bot' ? (
                  <>
                    {channel.channel} with the bot token <span className="font-mono text-[12px]">{channel.botTokenSecret}</span>
                  </>
                ) : (
                  'Incoming webhook'
                )}
              </span>
              <PhoneHealth recent={channel.recent} />
              <TargetNote target={channel} />
              {channel.enabled && channel.lastFailure && (
                <RowNote tone="danger">
                  {channel.lastFailure.message} {channel.lastFailure.hint}
                </RowNote>
              )}
            </>
          ),
        },
        { head: 'Last 20 messages', width: 192, hide: 'phone', bar: 'w-36', cell: (channel) => <Health recent={channel.recent} /> },
        {
          head: 'Used by',
          width: 92,
          align: 'right',
          hide: 'phone',
          bar: 'w-4',
          cell: (channel) => <UsedBy name={channel.name} uses={channel.usedBy} />,
        },
        {
          head: 'Created',
          width: 100,
          align: 'right',
          hide: 'narrow',
          bar: 'w-12',
          className: 'text-fg-2',
          cell: (channel) => <RelativeTime at={channel.createdAt} />,
        },
        mayWrite && {
          ...MENU_COLUMN,
          cell: (channel) => (
            <Menu label={`More actions for ${channel.name}`} size="sm">
              <MenuItem icon={<Pencil />} onSelect={() => onEdit?.(channel)}>
                Edit
              </MenuItem>
              <MenuItem icon={<Send />} onSelect={() => onTest?.(channel)}>
                Send test message
              </MenuItem>
              <MenuItem icon={channel.enabled ? <PowerOff /> : <Power />} onSelect={() => onToggle?.(channel)}>
                {channel.enabled ? 'Disable' : 'Enable'}
              </MenuItem>
              <MenuSeparator />
              <MenuItem danger icon={<Trash2 />} onSelect={() => onDelete?.(channel)}>
                Delete
              </MenuItem>
            </Menu>
          ),
        },
      ]}
    />
  );
}
