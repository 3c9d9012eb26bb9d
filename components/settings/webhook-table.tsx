'use client';

import { Fingerprint, Pencil, Power, PowerOff, Send, Trash2 } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { RowNote } from '#components/ui/callout.tsx';
import { DotsStrip } from '#components/ui/dots-strip.tsx';
import { formatDuration, formatRelative } from '#components/ui/format-time.ts';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { MENU_COLUMN, RowLink, Table } from '#components/ui/table.tsx';
import { useNow } from '#components/ui/use-now.ts';
import type { DotView, SlackChannelView, WebhookView } from '#lib/contracts/integrations.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import type { Owner } from './team-sections.tsx';
import { UsedBy } from './used-by.tsx';

type Opening = { edit?: string; test?: string };

interface WebhookTableProps {
  owner: Owner;
  /** Absent while they load. */
  webhooks?: readonly WebhookView[];
  onOpen?: (opening: Opening) => void;
  onToggle?: (webhook: WebhookView) => void;
  onDelete?: (webhook: WebhookView) => void;
}

export function WebhookTable({ owner, webhooks, onOpen, onToggle, onDelete }: WebhookTableProps) {
  const mayWrite = roleMay(owner.role, 'integrations:write');
  return (
    <Table
      caption={`Webhooks of ${owner.name}`}
      rows="two"
      items={webhooks}
      keyOf={(webhook) => webhook.id}
      muted={(webhook) => !webhook.enabled}
      loadingRows={4}
      columns={[
        {
          head: 'Webhook',
          bar: 'w-48',
          cell: (webhook) => (
            <>
              <span className="flex min-w-0 items-center gap-2">
                <RowLink href={pagePaths.webhook(owner.name, webhook.id)}>{webhook.name}</RowLink>
                <TargetBadge target={webhook} />
              </span>
              <span className="block truncate font-mono text-[12px] text-fg-2" title={webhook.url}>
                {webhook.url}
              </span>
              <PhoneHealth recent={webhook.recent} />
              <TargetNote target={webhook} />
            </>
          ),
        },
        { head: 'Last 20 deliveries', width: 192, hide: 'phone', bar: 'w-36', cell: (webhook) => <Health recent={webhook.recent} /> },
        { head: 'Signs with', width: 148, hide: 'narrow', bar: 'w-24', cell: (webhook) => <SignsWith webhook={webhook} /> },
        {
          head: 'Used by',
          width: 92,
          align: 'right',
          hide: 'phone',
          bar: 'w-4',
          cell: (webhook) => <UsedBy name={webhook.name} uses={webhook.usedBy} />,
        },
        {
          head: 'Created',
          width: 100,
          align: 'right',
          hide: 'narrow',
          bar: 'w-12',
          className: 'text-fg-2',
          cell: (webhook) => <RelativeTime at={webhook.createdAt} />,
        },
        {
          ...MENU_COLUMN,
          cell: (webhook) => (
            <Menu label={`More actions for ${webhook.name}`} size="sm">
              {mayWrite && (
                <>
                  <MenuItem icon={<Pencil />} onSelect={() => onOpen?.({ edit: webhook.id })}>
                    Edit
                  </MenuItem>
                  <MenuItem icon={<Send />} onSelect={() => onOpen?.({ test: webhook.id })}>
                    Test
                  </MenuItem>
                </>
              )}
              <MenuLink icon={<Fingerprint />} href={pagePaths.webhook(owner.name, webhook.id, 'verify')}>
                Verify signature
              </MenuLink>
              {mayWrite && (
                <>
                  <MenuItem icon={webhook.enabled ? <PowerOff /> : <Power />} onSelect={() => onToggle?.(webhook)}>
                    {webhook.enabled ? 'Disable' : 'Enable'}
                  </MenuItem>
                  <MenuSeparator />
                  <MenuItem danger icon={<Trash2 />} onSelect={() => onDelete?.(webhook)}>
                    Delete
                  </MenuItem>
                </>
              )}
            </Menu>
          ),
        },
      ]}
    />
  );
}

function SignsWith({ webhook: { signingSecret, signatureEncoding, asymmetricSignature } }: { webhook: WebhookView }) {
  if (signingSecret === null && !asymmetricSignature) return <span className="text-fg-2">not signed</span>;
  const how = [...(signingSecret === null ? [] : [signatureEncoding, 'v1']), ...(asymmetricSignature ? ['v1a'] : [])];
  return (
    <>
      <span className="block truncate font-mono text-[12px]">{signingSecret ?? 'Ed25519 key'}</span>
      <span className="text-meta text-fg-3">{how.join(', ')}</span>
    </>
  );
}

type Target = Pick<WebhookView | SlackChannelView, 'enabled' | 'disabledReason' | 'pausedUntil' | 'failingSince' | 'disablesAt'>;

export function TargetBadge({ target }: { target: Target }) {
  if (!target.enabled)
    return (
      <Badge tone={target.disabledReason ? 'danger' : 'neutral'} icon={<PowerOff />}>
        Disabled
      </Badge>
    );
  return target.pausedUntil === null ? null : <Badge tone="warning">Paused</Badge>;
}

/** Why it is off or waits, where Hookline decided that and not an admin; and how far it is to being disabled. */
export function TargetNote({ target }: { target: Target }) {
  const now = useNow(target.failingSince === null ? null : 15_000);
  if (!target.enabled) return target.disabledReason === null ? null : <RowNote tone="danger">{target.disabledReason}</RowNote>;
  const paused = target.pausedUntil === null ? '' : pausedText(target.pausedUntil, now);
  const failing = failingText(target, now);
  if (paused === '' && failing === '') return null;
  return (
    <RowNote tone="warning">
      <span suppressHydrationWarning>{[paused, failing].filter(Boolean).join(' ')}</span>
    </RowNote>
  );
}

const pausedText = (until: number, now: number) =>
  `It failed steadily, so executions wait without using up tries. The next probe is ${until > now ? formatRelative(until, now) : 'due'}.`;

/** Said once it has failed for so long that nobody would call it a hiccup. */
const TOLD_AFTER_MS = 6 * 3_600_000;

function failingText({ failingSince, disablesAt }: Target, now: number): string {
  if (failingSince === null || disablesAt === null || now - failingSince < TOLD_AFTER_MS) return '';
  const end = disablesAt > now ? `in ${formatDuration(disablesAt - now)}` : 'at the next failure';
  return `Nothing but failures for ${formatDuration(now - failingSince)}; disabled ${end} unless a delivery succeeds.`;
}

/** Under the name, where there is no room for a column. */
export function PhoneHealth({ recent }: { recent: readonly DotView[] }) {
  if (recent.length === 0) return null;
  return (
    <span className="mt-1 hidden @max-[680px]:block">
      <Health recent={recent} />
    </span>
  );
}

/** The last twenty as dots, and in words. */
export function Health({ recent }: { recent: readonly DotView[] }) {
  const marks = recent.map(({ status }) => (status === 'running' ? 'pending' : status));
  const finished = marks.filter((mark) => mark === 'finished').length;
  return (
    <>
      <DotsStrip label="Last 20 deliveries" marks={marks} />
      <span className="block text-meta text-fg-2 tabular-nums">
        {marks.length === 0 ? 'nothing sent yet' : `${finished} of ${marks.length} succeeded`}
      </span>
    </>
  );
}
