import Link from 'next/link';
import { Page } from '#components/layout/page.tsx';
import { cn } from '#components/ui/class-names.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import type { ApiReference } from '#lib/client/openapi.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { ApiIntro } from './api-intro.tsx';
import { OperationDetail } from './operation-detail.tsx';
import { OperationSearch } from './operation-search.tsx';

interface ApiReferenceScreenProps {
  reference: ApiReference;
  operationId: string;
  search: string;
}

/** The REST reference: operations by what they are about, one of them open. Only their list is a browser's work. */
export function ApiReferenceScreen({ reference: { operations, server, version }, operationId: asked, search }: ApiReferenceScreenProps) {
  const open = operations.find((operation) => operation.operationId === asked);
  return (
    <Page crumbs={[{ label: 'API reference' }]}>
      <PageHeader title="API reference" meta={['REST, JSON', `${operations.length} operations`, `Hookline ${version}`]} />
      <div className="-mx-4 grid grid-cols-[minmax(0,1fr)] border-t border-line sm:-mx-6 lg:grid-cols-[300px_minmax(0,1fr)]">
        <div
          className={cn(
            'border-line lg:sticky lg:top-topbar lg:h-[calc(100dvh-var(--h-topbar))] lg:overflow-y-auto lg:border-r',
            open && 'max-lg:hidden',
          )}
        >
          <OperationSearch
            operations={operations.map(({ operationId, method, path, summary, resource }) => ({
              operationId,
              method,
              path,
              summary,
              resource,
            }))}
            current={open?.operationId ?? null}
          />
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
    </Page>
  );
}
