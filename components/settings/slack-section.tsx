'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { text, useAddress } from '#components/layout/use-address.ts';
import { Button } from '#components/ui/button.tsx';
import { DotsKey } from '#components/ui/dots-strip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { toast } from '#components/ui/toast.ts';
import { deleteSlackChannel, integrationQueries, updateSlackChannel } from '#lib/client/integrations.ts';
import type { SlackChannelView } from '#lib/contracts/integrations.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { EditRefused } from './edit-refused.tsx';
import { SlackTable } from './slack-table.tsx';
import type { Owner } from './team-sections.tsx';

const SlackTest = dynamic(() => import('./slack-test.tsx').then((module) => module.SlackTest));
const SlackForm = dynamic(() => import('./slack-form.tsx').then((module) => module.SlackForm));
const DeleteInUse = dynamic(() => import('./delete-in-use.tsx').then((module) => module.DeleteInUse));

const NEW = 'new';

/** Channels that automations post to, by an incoming webhook or a bot. */
export function SlackSection({ owner }: { owner: Owner }) {
  const team = owner.name;
  const channels = useQuery(integrationQueries.slackChannels(team));
  const [{ edit }, setUrl] = useAddress({ edit: text }, { history: 'push' });
  const [testing, setTesting] = useState<SlackChannelView | null>(null);
  const [deleting, setDeleting] = useState<SlackChannelView | null>(null);
  const client = useQueryClient();
  const update = useMutation({
    ...updateSlackChannel(client, team),
    onError: (error) => void toast.error(error.message),
  });
  const mayWrite = roleMay(owner.role, 'integrations:write');
  const editing = channels.data?.items.find(({ id }) => id === edit);
  const create = mayWrite && (
    <Button variant="primary" onClick={() => setUrl({ edit: NEW })}>
      <Plus />
      Add Slack channel
    </Button>
  );
  return (
    <>
      <SettingsHeader
        title="Slack"
        description={`Channels that automations of ${team} may post to. For Teams, Discord and PagerDuty use a webhook with a preset.`}
        action={create}
      />
      {!mayWrite && edit !== null && <EditRefused team={team} />}
      <QueryState query={channels} what="The Slack channels" loading={<SlackTable owner={owner} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No Slack channel yet" action={create}>
              Paste an incoming webhook’s URL, or name a channel for a bot whose token you keep as a secret.{' '}
              {!mayWrite && `Admins of ${team} can add one.`}
            </EmptyState>
          ) : (
            <InPieces
              items={items}
              start={<DotsKey marks={['finished', 'failed', 'retrying', 'pending']} />}
              count={items.length === 1 ? '1 channel' : `${items.length} channels`}
            >
              {(shown) => (
                <SlackTable
                  owner={owner}
                  channels={shown}
                  onEdit={(channel) => setUrl({ edit: channel.id })}
                  onTest={setTesting}
                  onToggle={({ id, enabled }) => update.mutate({ id, enabled: !enabled })}
                  onDelete={setDeleting}
                />
              )}
            </InPieces>
          )
        }
      </QueryState>
      {mayWrite && (edit === NEW || editing) && (
        <SlackForm
          key={edit}
          team={team}
          channel={editing}
          onClose={() => setUrl({ edit: null })}
          onSaved={(channel) => {
            toast.success(`${channel.name} is saved`, { action: { label: 'Send test message', onClick: () => setTesting(channel) } });
            setUrl({ edit: null });
          }}
        />
      )}
      {testing && <SlackTest team={team} channel={testing} onClose={() => setTesting(null)} />}
      {deleting && <DeleteChannel team={team} channel={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

function DeleteChannel({ team, channel, onClose }: { team: string; channel: SlackChannelView; onClose: () => void }) {
  const remove = useMutation(deleteSlackChannel(useQueryClient(), team));
  return (
    <DeleteInUse
      noun="Slack channel"
      name={channel.name}
      usedBy={channel.usedBy}
      consequence="These automations stay, but have nowhere to post to: their firings are skipped, and executions that wait fail. The history stays."
      otherwise="No automation uses it. The history of its executions stays."
      pending={remove.isPending}
      error={remove.error}
      onDelete={(force) => remove.mutate({ id: channel.id, force }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
