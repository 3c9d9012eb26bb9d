import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { automationQueries, type PreviewInput, testAutomation } from '#lib/client/automations.ts';
import type { PreviewView, RecentMatches } from '#lib/contracts/automations.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { toDocument } from './form-document.ts';
import type { WizardValues } from './form-values.ts';
import { standingRefusal } from './standing-refusal.ts';
import type { Rules } from './use-rules.ts';
import { useSettled } from './use-settled.ts';
import { useMe } from './wizard-form.ts';

/** The event that the request is made for: built in, one that really happened, or edited JSON. */
export type Sample = { kind: 'built-in' } | { kind: 'stored'; eventId: string } | { kind: 'edited'; event: JsonValue };

const inputOf = (automation: PreviewInput['automation'], sample: Sample): PreviewInput => ({
  automation,
  ...(sample.kind === 'stored' && { eventId: sample.eventId }),
  ...(sample.kind === 'edited' && { event: sample.event }),
});

/**
 * The exact request for the values as they stand; the last answer stays until the next is there. It is made for a real event
 * as long as there is one and nobody chose otherwise: the newest that would have fired, else the newest.
 */
export function useRequestPreview(values: WizardValues, enabled: boolean, rules: Rules | null, recent: RecentMatches['events']) {
  const [chosen, setSample] = useState<Sample | null>(null);
  const isKnown = chosen?.kind !== 'stored' || recent.some(({ event }) => event.id === chosen.eventId);
  const sample = chosen && isKnown ? chosen : newestOf(recent);
  const document = toDocument(values);
  const settled = useSettled(inputOf(document, sample), 200);
  const answer = useQuery({ ...automationQueries.preview(settled), enabled, placeholderData: keepPreviousData, retry: false });
  const test = useMutation(testAutomation());
  const { publicUrl } = useMe();
  const local = useMemo(() => rules?.builtInValues(values, publicUrl) ?? {}, [rules, values, publicUrl]);
  return {
    sample,
    setSample,
    data: answer.data,
    error: answer.error,
    pending: answer.isFetching,
    retry: () => void answer.refetch(),
    test,
    refusal: standingRefusal(test, inputOf(document, sample)),
    /** Sends what is in the fields now, whatever the preview still shows. */
    sendTest: () => test.mutate(inputOf(document, sample)),
    sampleValues: answer.data ? valuesOf(answer.data) : local,
  };
}

function newestOf(recent: RecentMatches['events']): Sample {
  const newest = recent.find(({ decision }) => decision.kind === 'fire') ?? recent[0];
  return newest ? { kind: 'stored', eventId: newest.event.id } : { kind: 'built-in' };
}

export type RequestPreview = ReturnType<typeof useRequestPreview>;

const valuesOf = ({ variables }: PreviewView): Record<string, JsonValue> =>
  Object.fromEntries(variables.filter(({ empty }) => !empty).map(({ name, value }) => [name, value]));
