import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { automationQueries, type PreviewInput, testAutomation } from '#lib/client/automations.ts';
import type { PreviewView } from '#lib/contracts/automations.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { toDocument } from './form-document.ts';
import type { WizardValues } from './form-values.ts';
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

/** The exact request for the values as they stand; the last answer stays until the next is there. */
export function useRequestPreview(values: WizardValues, enabled: boolean, rules: Rules | null) {
  const [sample, setSample] = useState<Sample>({ kind: 'built-in' });
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
    /** Sends what is in the fields now, whatever the preview still shows. */
    sendTest: () => test.mutate(inputOf(document, sample)),
    sampleValues: answer.data ? valuesOf(answer.data) : local,
  };
}

export type RequestPreview = ReturnType<typeof useRequestPreview>;

const valuesOf = ({ variables }: PreviewView): Record<string, JsonValue> =>
  Object.fromEntries(variables.filter(({ empty }) => !empty).map(({ name, value }) => [name, value]));
