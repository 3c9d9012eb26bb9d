'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Power, PowerOff, Send } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { QueryState } from '#components/layout/query-state.tsx';
import type { Owner } from '#components/settings/team-sections.tsx';
import { UsedBy } from '#components/settings/used-by.tsx';
import { TargetBadge } from '#components/settings/webhook-table.tsx';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { toast } from '#components/ui/toast.ts';
import { integrationQueries, updateSlackChannel, updateWebhook } from '#lib/client/integrations.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import type { Integration } from './health-tab.tsx';

const HealthTab = dynamic(() => import('./health-tab.tsx').then((module) => module.HealthTab));
const VerifyTab = dynamic(() => import('./verify-tab.tsx').then((module) => module.VerifyTab));
const SlackTest = dynamic(() => import('#components/settings/slack-test.tsx').then((module) => module.SlackTest));

export type IntegrationTab = 'health' | 'verify';

interface IntegrationScreenProps {
  owner: Owner;
  kind: Integration['kind'];
  id: string;
  tab: IntegrationTab;
}

/** One webhook or Slack channel: how it fares, and for webhooks how receivers verify it. */
export function IntegrationScreen({ owner, kind, id, tab }: IntegrationScreenProps) {
  const { name: team } = owner;
  const webhook = useQuery({ ...integrationQueries.webhook(team, id), enabled: kind === 'webhook' });
  const channel = useQuery({ ...integrationQueries.slackChannel(team, id), enabled: kind === 'slack' });
  return kind === 'webhook' ? (
    <QueryState query={webhook} what="The webhook" loading={<HeaderSkeleton />}>
      {(view) => <Loaded owner={owner} integration={{ kind, view }} tab={tab} />}
    </QueryState>
  ) : (
    <QueryState query={channel} what="The Slack channel" loading={<HeaderSkeleton />}>
      {(view) => <Loaded owner={owner} integration={{ kind, view }} tab={tab} />}
    </QueryState>
  );
}

function Loaded({ owner, integration, tab }: { owner: Owner; integration: Integration; tab: IntegrationTab }) {
  const { kind, view } = integration;
  const { name: team, role } = owner;
  const mayWrite = roleMay(role, 'integrations:write');
  const noticesTo = useNoticesTo(team, view.noticesTo);
  const paths = kind === 'webhook' ? pagePaths.webhook : pagePaths.slackChannel;
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 pt-4 pb-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-lead font-semibold">
            <span className="min-w-0 wrap-anywhere">{view.name}</span>
            <TargetBadge target={view} />
          </h2>
          <p className="truncate font-mono text-[12px] text-fg-2" title={addressOf(integration)}>
            {addressOf(integration)}
          </p>
          <p className="mt-1 text-meta text-fg-3">
            Used by <UsedBy name={view.name} uses={view.usedBy} /> {view.usedBy.length === 1 ? 'automation' : 'automations'}, made by{' '}
            {view.createdBy || 'somebody'}
          </p>
        </div>
        {mayWrite && <Actions team={team} integration={integration} />}
      </div>
      {kind === 'webhook' && (
        <TabLinks
          label={view.name}
          tabs={[
            { href: paths(team, view.id), label: 'Health', current: tab === 'health' },
            { href: pagePaths.webhook(team, view.id, 'verify'), label: 'Verify signature', current: tab === 'verify' },
          ]}
        />
      )}
      {kind === 'webhook' && tab === 'verify' ? (
        <VerifyTab webhook={view} />
      ) : (
        <HealthTab integration={integration} noticesTo={noticesTo} mayWrite={mayWrite} />
      )}
    </>
  );
}

const addressOf = ({ kind, view }: Integration) =>
  kind === 'webhook' ? view.url : view.kind === 'bot' ? `${view.channel} with the bot token ${view.botTokenSecret}` : 'Incoming webhook';

function Actions({ team, integration: { kind, view } }: { team: string; integration: Integration }) {
  const client = useQueryClient();
  const router = useRouter();
  const [testing, setTesting] = useState(false);
  const webhook = useMutation({ ...updateWebhook(client, team), onError: (error) => void toast.error(error.message) });
  const channel = useMutation({ ...updateSlackChannel(client, team), onError: (error) => void toast.error(error.message) });
  const section = pagePaths.teamSettings(team, kind === 'webhook' ? 'webhooks' : 'slack');
  const toggle = () => (kind === 'webhook' ? webhook : channel).mutate({ id: view.id, enabled: !view.enabled });
  return (
    <div className="flex flex-none gap-2">
      <Button onClick={() => (kind === 'webhook' ? router.push(`${section}?test=${view.id}`) : setTesting(true))}>
        <Send />
        {kind === 'webhook' ? 'Test' : 'Send test message'}
      </Button>
      <Button onClick={() => router.push(`${section}?edit=${view.id}`)}>
        <Pencil />
        Edit
      </Button>
      <Menu label={`More actions for ${view.name}`} variant="default">
        <MenuItem icon={view.enabled ? <PowerOff /> : <Power />} onSelect={toggle}>
          {view.enabled ? 'Disable' : 'Enable'}
        </MenuItem>
      </Menu>
      {testing && kind === 'slack' && <SlackTest team={team} channel={view} onClose={() => setTesting(false)} />}
    </div>
  );
}

/** The name of where notices go. */
function useNoticesTo(team: string, id: string | null): string | null {
  const webhooks = useQuery(integrationQueries.webhooks(team)).data?.items ?? [];
  const channels = useQuery(integrationQueries.slackChannels(team)).data?.items ?? [];
  return [...channels, ...webhooks].find((each) => each.id === id)?.name ?? null;
}

function HeaderSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-2 pt-4">
      <Skeleton className="h-5! w-48" />
      <Skeleton className="w-72" />
    </div>
  );
}
