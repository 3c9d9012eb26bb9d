'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ComponentProps, useState } from 'react';
import { Combobox } from '#components/ui/combobox.tsx';
import { SentenceCombobox } from '#components/ui/sentence.tsx';
import { suggestionQuery } from '#lib/client/tracking.ts';
import { useSettled } from './use-settled.ts';

export type SuggestionKind =
  | 'metric'
  | 'alias'
  | 'tag'
  | 'collectionTag'
  | 'collection'
  | 'user'
  | 'runName'
  | 'runTag'
  | 'group'
  | 'jobType'
  | 'configKey';

/** What the scope really holds; nothing while no scope is chosen. */
export function useSuggestions(scope: string | null, kind: SuggestionKind, q = '') {
  return useQuery({
    ...suggestionQuery(scope ?? '', kind, useSettled(q, 150)),
    enabled: scope !== null,
    placeholderData: keepPreviousData,
  });
}

type Props = Omit<ComponentProps<typeof Combobox>, 'options' | 'onSearch' | 'loading' | 'size'> & {
  scope: string | null;
  kind: SuggestionKind;
  /** Within a sentence. */
  inline?: boolean;
};

/** Completes from what the project really holds, and takes other text too. */
export function SuggestionCombobox({ scope, kind, inline, freeText = true, ...rest }: Props) {
  const [q, setQ] = useState('');
  const found = useSuggestions(scope, kind, q);
  const options = (found.data?.items ?? []).map(({ value, detail }) => ({ value, meta: detail }));
  const props = { options, onSearch: setQ, loading: found.isFetching, freeText, ...rest };
  return inline ? <SentenceCombobox {...props} aria-label={rest['aria-label'] ?? 'Choose'} /> : <Combobox {...props} />;
}
