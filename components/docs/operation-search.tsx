'use client';

import Link from 'next/link';
import { Fragment } from 'react';
import { textOr, useAddress } from '#components/layout/use-address.ts';
import { SearchInput } from '#components/ui/input.tsx';
import type { ApiOperation } from '#lib/client/openapi.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { MethodName } from './method-name.tsx';

type OperationName = Pick<ApiOperation, 'operationId' | 'method' | 'path' | 'summary' | 'resource'>;

/** The operations that a search finds, by what they are about. */
export function OperationSearch({ operations, current }: { operations: readonly OperationName[]; current: string | null }) {
  const [{ q: search }, setUrl] = useAddress({ q: textOr('') });
  return (
    <>
      <div className="sticky top-0 bg-panel px-4 py-3">
        <SearchInput
          label="Search operations"
          placeholder="Search operations"
          value={search}
          onChange={(event) => setUrl({ q: event.target.value || null })}
        />
      </div>
      <OperationList operations={operations} search={search} current={current} />
    </>
  );
}

interface OperationListProps {
  operations: readonly OperationName[];
  search: string;
  current: string | null;
}

function OperationList({ operations, search, current }: OperationListProps) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = operations.filter(({ method, path, summary }) => {
    const text = `${method} ${path} ${summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const resources = [...new Set(found.map(({ resource }) => resource))].sort();
  if (found.length === 0) return <p className="px-4 pb-4 text-small text-fg-2">No operation matches.</p>;
  return (
    <nav aria-label="Operations" className="grid gap-3 px-2 pb-4">
      {resources.map((resource) => (
        <section key={resource} aria-label={resource}>
          <h2 className="px-2 pb-1 text-meta font-medium text-fg-3">{resource}</h2>
          <ul>
            {found
              .filter((operation) => operation.resource === resource)
              .map(({ operationId, method, path }) => (
                <li key={operationId}>
                  <Link
                    scroll={false}
                    prefetch={false}
                    href={`${pagePaths.apiReference()}?operation=${operationId}${search ? `&q=${encodeURIComponent(search)}` : ''}`}
                    aria-current={operationId === current ? 'page' : undefined}
                    className="flex min-h-8 items-baseline gap-2 rounded-sm px-2 py-1.5 hover:bg-hover aria-[current]:bg-pressed"
                  >
                    <MethodName method={method} className="w-12" />
                    <span className="min-w-0 font-mono text-[12px] wrap-break-word">{brokenAtSlashes(path.replace('/api/v1', ''))}</span>
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** A long path goes on in the next line at a slash, not inside a name. */
const brokenAtSlashes = (path: string) =>
  path.split(/(?=\/)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a path have a fixed order.
    <Fragment key={index}>
      <wbr />
      {part}
    </Fragment>
  ));
