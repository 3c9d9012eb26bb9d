'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleSlash2, MessageSquare, TriangleAlert } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Combobox } from '#components/ui/combobox.tsx';
import { Field } from '#components/ui/field.tsx';
import { integrationQueries } from '#lib/client/integrations.ts';
import type { SlackChannelView, WebhookView } from '#lib/contracts/integrations.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { listInWords } from '#lib/domain/wording.ts';
import { useMe, useProblem, useValues, useWizardForm } from './wizard-form.ts';

const SlackForm = dynamic(() => import('#components/settings/slack-form.tsx').then((module) => module.SlackForm));
const WebhookFormDialog = dynamic(() => import('#components/settings/webhook-form.tsx').then((module) => module.WebhookFormDialog));

interface IntegrationFieldProps {
  kind: 'webhook' | 'slack';
  /** Where the team has only one there is nothing to choose. A saved automation that lost its own is left as it is. */
  offerOnly: boolean;
}

/** The team's webhook or Slack channel with its health, or a new one right here. */
export function IntegrationField({ kind, offerOnly }: IntegrationFieldProps) {
  const form = useWizardForm();
  const me = useMe();
  const { team, action } = useValues();
  const [creating, setCreating] = useState(false);
  const path = `action.${kind}` as const;
  const error = useProblem(path);
  const webhooks = useQuery({ ...integrationQueries.webhooks(team), enabled: team !== '' && kind === 'webhook' });
  const channels = useQuery({ ...integrationQueries.slackChannels(team), enabled: team !== '' && kind === 'slack' });
  const list = kind === 'webhook' ? webhooks : channels;
  const items: (WebhookView | SlackChannelView)[] = list.data?.items ?? [];
  const chosen = items.find(({ name }) => name === action[kind]);
  const mayCreate = roleMay(me.entities.find(({ name }) => name === team)?.role ?? null, 'integrations:write');
  const set = (name: string) => form.setValue(path, name, { shouldDirty: true, shouldValidate: error !== undefined });
  const only = offerOnly && items.length === 1 && items[0]!.enabled ? items[0]!.name : '';
  const isEmpty = action[kind] === '';
  useEffect(() => {
    if (isEmpty && only) form.setValue(path, only, { shouldValidate: error !== undefined });
  }, [form, path, isEmpty, only, error]);
  const choose = ({ name }: { name: string }) => {
    set(name);
    setCreating(false);
  };
  const noun = kind === 'webhook' ? 'webhook' : 'Slack channel';
  return (
    <>
      <Field
        label={kind === 'webhook' ? 'Webhook' : 'Slack channel'}
        error={error ?? (list.isError ? list.error.message : undefined)}
        hint={hintOf({ team, chosen, empty: list.isSuccess && items.length === 0, mayCreate, noun, wanted: action[kind] })}
        end={
          team !== '' &&
          mayCreate && (
            <Button size="sm" variant="ghost" className="-mr-2 text-accent-text!" onClick={() => setCreating(true)}>
              {kind === 'webhook' ? 'Create webhook' : 'Connect channel'}
            </Button>
          )
        }
      >
        <Combobox
          value={action[kind]}
          onChange={set}
          placeholder={`Choose a ${noun}`}
          disabled={team === ''}
          loading={list.isFetching}
          emptyText={`${team} has no ${noun} yet`}
          options={items.map((item) => ({ value: item.name, icon: healthIcon(item, kind), meta: addressOf(item) }))}
        />
      </Field>
      {creating && kind === 'webhook' && <WebhookFormDialog team={team} onClose={() => setCreating(false)} onSaved={choose} />}
      {creating && kind === 'slack' && <SlackForm team={team} onClose={() => setCreating(false)} onSaved={choose} />}
    </>
  );
}

function healthIcon(item: WebhookView | SlackChannelView, kind: 'webhook' | 'slack'): ReactNode {
  if (!item.enabled) return <CircleSlash2 />;
  if (item.pausedUntil !== null) return <TriangleAlert className="text-warning!" />;
  return kind === 'slack' ? <MessageSquare /> : <CircleCheck className="text-success!" />;
}

const addressOf = (item: WebhookView | SlackChannelView) =>
  'url' in item ? item.url.replace(/^https?:\/\//, '') : (item.channel ?? undefined);

interface HintFacts {
  team: string;
  chosen: WebhookView | SlackChannelView | undefined;
  empty: boolean;
  mayCreate: boolean;
  noun: string;
  wanted: string;
}

function hintOf({ team, chosen, empty, mayCreate, noun, wanted }: HintFacts): string | undefined {
  if (team === '') return 'Choose the team first.';
  if (empty)
    return mayCreate
      ? `${team} has no ${noun} yet. Create one here; your draft stays.`
      : `${team} has no ${noun} yet. Its admins can create one in Team settings.`;
  if (!chosen) return wanted && !empty ? `“${wanted}” was not found in ${team}.` : undefined;
  return `${'url' in chosen ? `${chosen.url}. ` : ''}${healthOf(chosen)}${'url' in chosen ? usesOf(chosen) : ''}`;
}

function healthOf({ enabled, disabledReason, pausedUntil, recent }: WebhookView | SlackChannelView): string {
  if (!enabled) return `Disabled${disabledReason ? `: ${disabledReason}` : ''}. Firings are skipped until it is enabled.`;
  const settled = recent.filter(({ status }) => status === 'finished' || status === 'failed');
  const good = settled.filter(({ status }) => status === 'finished').length;
  if (pausedUntil !== null) return 'Paused: it keeps failing. Executions wait until it answers again.';
  if (settled.length === 0) return 'Nothing delivered yet.';
  const counted = `${good} of the last ${settled.length} ${settled.length === 1 ? 'delivery' : 'deliveries'} succeeded.`;
  return good === settled.length ? `Healthy: ${counted}` : counted;
}

function usesOf({ signingSecret, signatureEncoding, payloadSecrets, accessTokenSecret }: WebhookView): string {
  const parts = [
    signingSecret ? `Signs with ${signatureEncoding}` : 'Does not sign',
    ...(accessTokenSecret ? ['sends an access token'] : []),
    ...(payloadSecrets.length ? [`may use ${listInWords(payloadSecrets, 4)}`] : []),
  ];
  return ` ${parts.join('; ')}.`;
}
