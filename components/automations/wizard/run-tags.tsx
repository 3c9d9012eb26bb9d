'use client';

import { Plus } from 'lucide-react';
import { TokenInput } from '#components/ui/token-input.tsx';
import { useSuggestions } from './suggestions.tsx';

/** Tags that a run must all have; those that runs carry are offered below. */
export function RunTags({ scope, values, onChange }: { scope: string | null; values: string[]; onChange: (values: string[]) => void }) {
  const found = useSuggestions(scope, 'runTag');
  const offered = (found.data?.items ?? []).filter(({ value }) => !values.includes(value)).slice(0, 8);
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-1.5">
      <TokenInput aria-label="Tags that the run must have" placeholder="Add a tag" values={values} onChange={onChange} />
      {offered.length > 0 && (
        <span className="flex flex-wrap gap-1">
          {offered.map(({ value }) => (
            <button
              key={value}
              type="button"
              onClick={() => onChange([...values, value])}
              className="inline-flex h-6 items-center gap-1 rounded-xs border border-line-strong px-1.5 text-meta text-fg-2 hover:bg-hover [&_.lucide]:size-3"
            >
              <Plus />
              {value}
            </button>
          ))}
        </span>
      )}
    </span>
  );
}
