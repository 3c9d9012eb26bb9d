'use client';

import { ChevronRight } from 'lucide-react';
import { Person } from '#components/ui/avatar.tsx';
import { Code, Snippet } from '#components/ui/code-block.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { AuditEntry } from '#lib/contracts/organizations.ts';
import { actionWords, inviteWords } from './audit-words.ts';

const ACTOR_KINDS: Record<AuditEntry['actorKind'], string> = {
  user: 'in the browser',
  api_key: 'with an API key',
  system: 'Hookline itself',
  anonymous: 'not signed in',
};

/** One line; opened it shows before and after. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { at, actor, actorKind, what, target, before, after, address } = entry;
  return (
    <li className="border-b border-line">
      <details className="group">
        <summary className="flex min-h-11 cursor-default list-none items-center gap-3 px-4 py-1.5 text-small hover:bg-hover focus-visible:-outline-offset-2 sm:px-6">
          <ChevronRight className="size-3.5 flex-none text-fg-3 transition-transform duration-fast group-open:rotate-90" />
          <span className="w-32 flex-none truncate max-sm:w-24">
            <Person name={actor || 'Hookline'} />
          </span>
          <span className="min-w-0 flex-1 truncate">
            {actionWords(what)} <span className="font-medium">{target}</span> {inviteWords(entry)}
          </span>
          <span className="flex-none text-fg-2">
            <RelativeTime at={at} />
          </span>
        </summary>
        <div className="grid gap-3 px-4 pt-1 pb-4 sm:pr-6 sm:pl-12">
          <KeyValue
            items={[
              { key: 'Action', value: <span className="font-mono text-[12px]">{what}</span> },
              { key: 'By', value: `${actor || 'Hookline'}, ${ACTOR_KINDS[actorKind]}` },
              { key: 'From', value: address ?? 'unknown' },
              { key: 'At', value: <RelativeTime at={at} copyable /> },
            ]}
          />
          {(before !== null || after !== null) && (
            <div className="grid gap-3 lg:grid-cols-2">
              <Side label="Before" value={before} />
              <Side label="After" value={after} />
            </div>
          )}
        </div>
      </details>
    </li>
  );
}

function Side({ label, value }: { label: string; value: AuditEntry['before'] }) {
  return (
    <Snippet head={label}>
      {value === null ? (
        <p className="px-3 py-2.5 text-small text-fg-3">Nothing</p>
      ) : (
        <Code label={label} text={JSON.stringify(value, null, 2)} wrap />
      )}
    </Snippet>
  );
}
