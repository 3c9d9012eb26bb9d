'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { text, useAddress } from '#components/layout/use-address.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { DotsKey } from '#components/ui/dots-strip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { toast } from '#components/ui/toast.ts';
import { deleteWebhook, integrationQueries, updateWebhook } from '#lib/client/integrations.ts';
import type { WebhookView } from '#lib/contracts/integrations.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { EditRefused } from './edit-refused.tsx';
import { LazyTestPanel } from './lazy-test-panel.tsx';
import type { Owner } from './team-sections.tsx';
import { WebhookTable } from './webhook-table.tsx';

const WebhookFormDialog = dynamic(() => import('./webhook-form.tsx').then((module) => module.WebhookFormDialog));
const DeleteInUse = dynamic(() => import('./delete-in-use.tsx').then((module) => module.DeleteInUse));

/** What is open over the list has an address: `?edit=whk_3`, `?test=whk_3`, `?edit=new`. */
const OPEN = { edit: text, test: text };
const NEW = 'new';

export function WebhooksSection({ owner }: { owner: Owner }) {
  const team = owner.name;
  const webhooks = useQuery(integrationQueries.webhooks(team));
  const [open, setOpen] = useAddress(OPEN, { history: 'push' });
  const [deleting, setDeleting] = useState<WebhookView | null>(null);
  const [warned, setWarned] = useState<WebhookView | null>(null);
  const close = () => setOpen(null);
  const mayWrite = roleMay(owner.role, 'integrations:write');
  const byId = (id: string | null) => (id === null ? undefined : webhooks.data?.items.find((webhook) => webhook.id === id));
  const create = mayWrite && (
    <Button variant="primary" onClick={() => setOpen({ edit: NEW })}>
      <Plus />
      New webhook
    </Button>
  );
  const editing = byId(open.edit);
  const testing = byId(open.test);
  const saved = (webhook: WebhookView) => {
    toast.success(`${webhook.name} is saved`);
    setWarned(webhook.warnings.length > 0 ? webhook : null);
    close();
  };
  const toggle = useToggle(team);
  return (
    <>
      <SettingsHeader
        title="Webhooks"
        description={`Addresses that automations of ${team} may call. A test goes out at once and is kept out of the history.`}
        action={create}
      />
      {!mayWrite && open.edit !== null && <EditRefused team={team} />}
      {warned && (
        <Callout
          tone="warning"
          live
          className="mb-3"
          action={
            <IconButton label="Dismiss" size="sm" onClick={() => setWarned(null)}>
              <X />
            </IconButton>
          }
        >
          {warned.name} is saved. {warned.warnings.join(' ')}
        </Callout>
      )}
      <QueryState query={webhooks} what="The webhooks" loading={<WebhookTable owner={owner} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No webhook yet" action={create}>
              A webhook is an address that automations call with a payload of yours, signed if you like.{' '}
              {!mayWrite && `Admins of ${team} can add one.`}
            </EmptyState>
          ) : (
            <InPieces
              items={items}
              start={<DotsKey marks={['finished', 'failed', 'retrying', 'pending']} />}
              count={items.length === 1 ? '1 webhook' : `${items.length} webhooks`}
            >
              {(shown) => (
                <WebhookTable owner={owner} webhooks={shown} onOpen={(next) => setOpen(next)} onToggle={toggle} onDelete={setDeleting} />
              )}
            </InPieces>
          )
        }
      </QueryState>
      {mayWrite && (open.edit === NEW || editing) && (
        <WebhookFormDialog key={open.edit} team={team} webhook={editing} onClose={close} onSaved={saved} />
      )}
      {mayWrite && testing && <LazyTestPanel team={team} subject={{ kind: 'saved', webhook: testing }} onClose={close} />}
      {deleting && <DeleteWebhook team={team} webhook={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

function useToggle(team: string) {
  const update = useMutation(updateWebhook(useQueryClient(), team));
  return ({ id, name, enabled }: WebhookView) =>
    update.mutate(
      { id, enabled: !enabled },
      {
        onSuccess: () =>
          void (enabled
            ? toast.success(`${name} is disabled: what waits for it fails, new firings are skipped`)
            : toast.success(`${name} is enabled. What it missed can be replayed from the history`)),
        onError: (error) => void toast.error(error.message),
      },
    );
}

function DeleteWebhook({ team, webhook, onClose }: { team: string; webhook: WebhookView; onClose: () => void }) {
  const remove = useMutation(deleteWebhook(useQueryClient(), team));
  return (
    <DeleteInUse
      noun="webhook"
      name={webhook.name}
      usedBy={webhook.usedBy}
      consequence="These automations stay, but have nowhere to send to: their firings are skipped, and executions that wait fail. The history stays."
      otherwise="No automation uses it. The history of its executions stays."
      pending={remove.isPending}
      error={remove.error}
      onDelete={(force) => remove.mutate({ id: webhook.id, force }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
