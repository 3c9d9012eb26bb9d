import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { automationQueries } from '#lib/client/automations.ts';
import { toDocument } from './form-document.ts';
import type { WizardValues } from './form-values.ts';
import { useSettled } from './use-settled.ts';

const MOST = 50;

/** What recent events would have done. Only what decides is asked about, so that typing a payload asks nothing. */
export function useMatches(values: WizardValues) {
  const { on, scope, filter } = toDocument(values);
  const settled = useSettled({ on, ...(scope !== undefined && { scope }), filter } as Record<string, NonNullable<typeof filter>>, 250);
  const answer = useQuery({
    ...automationQueries.matches(settled, MOST),
    enabled: settled.scope !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { ...answer, asked: settled.scope !== undefined };
}

export type Matches = ReturnType<typeof useMatches>;
