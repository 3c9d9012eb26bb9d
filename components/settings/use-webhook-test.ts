'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { integrationQueries, testWebhook, testWebhookDraft } from '#lib/client/integrations.ts';
import { sessionQueries } from '#lib/client/session.ts';
import type { TestResult } from '#lib/contracts/integrations.ts';
import { checkTemplate } from '#lib/domain/check-template.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { presetFor } from '#lib/domain/presets.ts';
import { endpointOf, grantedBy, previewRequest, sampleValues, type TestSubject } from './test-subject.ts';

export type PastTest = { result: TestResult; text: string };

const FIRST_EVENT: AutomationEvent = 'artifact.alias_added';

/** The panel's state: the payload, what it becomes, and what tests of it came to. */
export function useWebhookTest(team: string, subject: TestSubject) {
  const [on, setOn] = useState<AutomationEvent>(FIRST_EVENT);
  const [text, setText] = useState(() => presetFor('generic', FIRST_EVENT).template.trimEnd());
  const [confirmHost, setConfirmHost] = useState('');
  const [past, setPast] = useState<readonly PastTest[]>([]);
  const [shownId, setShownId] = useState<string | null>(null);
  const [openedAt] = useState(() => Date.now());
  const me = useQuery(sessionQueries.me()).data;
  const secrets = useQuery(integrationQueries.secrets(team)).data?.items;
  const endpoint = endpointOf(subject);
  const publicUrl = me?.publicUrl ?? '';
  const values = useMemo(() => sampleValues(on, publicUrl, openedAt), [on, publicUrl, openedAt]);

  const keep = (result: TestResult) => {
    setPast((before) => [{ result, text }, ...before].slice(0, 6));
    setShownId(result.id);
  };
  const saved = useMutation({ ...testWebhook(team, subject.kind === 'saved' ? subject.webhook.id : ''), onSuccess: keep });
  const draft = useMutation({ ...testWebhookDraft(team), onSuccess: keep });
  const payload = text.trim() === '' ? undefined : text;
  const send = () => {
    if (subject.kind === 'saved') saved.mutate({ payload, on });
    else
      draft.mutate({
        webhook: { ...subject.body, ...(subject.id && { id: subject.id }), ...(confirmHost && { confirmHost }) },
        payload,
        on,
      });
  };

  const preview = previewRequest(endpoint, text, values, `Hookline/${me?.version ?? ''}`);
  const shown = past.find(({ result }) => result.id === shownId);
  const { isPending, error } = subject.kind === 'saved' ? saved : draft;
  return {
    endpoint,
    on,
    setOn,
    text,
    setText,
    problems: text.trim()
      ? checkTemplate(text, {
          on,
          grantedSecrets: grantedBy(endpoint),
          existingSecrets: secrets?.map(({ name }) => name) ?? [],
          sampleValues: values,
        })
      : [],
    preview,
    /** The last request as sent, while the payload is still the one that was sent. */
    sent: shown && shown.text === text ? shown.result.request : null,
    past,
    shown: shown?.result ?? null,
    show: setShownId,
    confirmHost,
    setConfirmHost,
    send,
    sending: isPending,
    error,
  };
}

export type WebhookTest = ReturnType<typeof useWebhookTest>;
