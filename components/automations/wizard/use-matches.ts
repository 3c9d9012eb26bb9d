import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { matchesQuery, triggerOf } from './first-reads.ts';
import type { WizardValues } from './form-values.ts';
import { useSettled } from './use-settled.ts';

/** What recent events would have done with the conditions as they stand. */
export function useMatches(values: WizardValues) {
  const settled = useSettled(triggerOf(values), 250);
  const answer = useQuery({
    ...matchesQuery(settled),
    enabled: settled.scope !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { ...answer, asked: settled.scope !== undefined };
}

export type Matches = ReturnType<typeof useMatches>;
