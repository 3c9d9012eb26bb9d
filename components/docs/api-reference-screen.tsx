'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Page } from '#components/layout/page.tsx';
import { ListSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { text, textOr, useAddress } from '#components/layout/use-address.ts';
import { cn } from '#components/ui/class-names.ts';
import { SearchInput } from '#components/ui/input.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { type ApiOperation, openApiQuery } from '#lib/client/openapi.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { ApiIntro } from './api-intro.tsx';
import { MethodName } from './method-name.tsx';
import { OperationDetail } from './operation-detail.tsx';

/** The REST reference: operations by what they are about, one of them open. */
export function ApiReferenceScreen() {
  const reference = useQuery(openApiQuery());
  const [{ operation: operationId, q: search }, setUrl] = useAddress({ operation: text, q: textOr('') });
  return (
    <Page crumbs={[{ label: 'API reference' }]}>
      <PageHeader
        title="API reference"
        meta={[
          'REST, JSON',
          ...(reference.data ? [`${reference.data.operations.length} operations`, `Hookline ${reference.data.version}`] : []),
        ]}
      />
      <QueryState query={reference} what="The reference" loading={<ListSkeleton rows={10} />}>
        {({ operations, server }) => {
          const open = operations.find((operation) => operation.operationId === operationId);
          return (
            <div className="-mx-4 grid grid-cols-[minmax(0,1fr)] border-t border-line sm:-mx-6 lg:grid-cols-[300px_minmax(0,1fr)]">
              <div
                className={cn(
                  'border-line lg:sticky lg:top-topbar lg:h-[calc(100dvh-var(--h-topbar))] lg:overflow-y-auto lg:border-r',
                  open && 'max-lg:hidden',
                )}
              >
                <div className="sticky top-0 bg-panel px-4 py-3">
                  <SearchInput
                    label="Search operations"
                    placeholder="Search operations"
                    value={search}
                    onChange={(event) => setUrl({ q: event.target.value || null })}
                  />
                </div>
                <OperationList operations={operations} search={search} current={operationId} />
              </div>
              <div className="min-w-0 px-4 pb-6 sm:px-6">
                {open && (
                  <Link
                    href={`${pagePaths.apiReference()}${search ? `?q=${encodeURIComponent(search)}` : ''}`}
                    className="mt-3 inline-block text-small font-medium text-accent-text lg:hidden"
                  >
                    All operations
                  </Link>
                )}
                {open ? (
                  <OperationDetail key={open.operationId} operation={open} server={server} />
                ) : (
                  <div className="max-w-form">
                    <ApiIntro server={server} />
                  </div>
                )}
              </div>
            </div>
          );
        }}
      </QueryState>
    </Page>
  );
}

interface OperationListProps {
  operations: readonly ApiOperation[];
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
                    className="flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 hover:bg-hover aria-[current]:bg-pressed"
                  >
                    <MethodName method={method} className="w-12" />
                    <span className="min-w-0 font-mono text-[12px] wrap-anywhere">{path.replace('/api/v1', '')}</span>
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
