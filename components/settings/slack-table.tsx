'use client';

import { BellRing, Pencil, Power, PowerOff, Send, Trash2 } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { RowNote } from '#components/ui/callout.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, SkeletonRows, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';
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
    <Table caption={`Slack channels of ${owner.name}`} rows="two">
      <TableHead>
        <Th>Channel</Th>
        <Th width={192} hide="phone">
          Last 20 messages
        </Th>
        <Th width={92} align="right" hide="phone">
          Used by
        </Th>
        <Th width={100} align="right" hide="narrow">
          Created
        </Th>
        {mayWrite && (
          <Th width={58} silent>
            Actions
          </Th>
        )}
      </TableHead>
      <TableBody>
        {channels ? (
          channels.map((channel) => (
            <Tr key={channel.id} muted={!channel.enabled}>
              <Td>
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
              </Td>
              <Td hide="phone">
                <Health recent={channel.recent} />
              </Td>
              <Td align="right" hide="phone">
                <UsedBy name={channel.name} uses={channel.usedBy} />
              </Td>
              <Td align="right" hide="narrow" className="text-fg-2">
                <RelativeTime at={channel.createdAt} />
              </Td>
              {mayWrite && (
                <Td menu>
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
                </Td>
              )}
            </Tr>
          ))
        ) : (
          <SkeletonRows
            rows={3}
            columns={[
              { width: 'w-48' },
              { width: 'w-36', hide: 'phone' },
              { width: 'w-4', align: 'right', hide: 'phone' },
              { width: 'w-12', align: 'right', hide: 'narrow' },
              ...(mayWrite ? [{ width: '' }] : []),
            ]}
          />
        )}
      </TableBody>
    </Table>
  );
}
