'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { ListSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { textOr, useAddress } from '#components/layout/use-address.ts';
import { Button } from '#components/ui/button.tsx';
import { buttonClass } from '#components/ui/button-class.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Input, SearchInput } from '#components/ui/input.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { searchText } from '#lib/client/http.ts';
import { organizationQueries } from '#lib/client/organizations.ts';
import { AuditRow } from './audit-row.tsx';

const FILTERS = {
  what: textOr(''),
  actor: textOr(''),
  since: textOr(''),
  until: textOr(''),
};

/** The whole of a day, in the reader's zone. */
const startOf = (day: string) => (day ? new Date(`${day}T00:00:00`).toISOString() : undefined);
const endOf = (day: string) => (day ? new Date(`${day}T23:59:59.999`).toISOString() : undefined);

interface AuditSectionProps {
  /** Whose log: "acme", "this instance". */
  of: string;
  path: string;
  /** The same address with `.csv` at its end exports. */
  exportable?: boolean;
}

/** Who did what, when, from where, with what it was before and after. */
export function AuditSection({ of, path, exportable = true }: AuditSectionProps) {
  const [filters, setFilters] = useAddress(FILTERS);
  const search = {
    what: filters.what.trim() || undefined,
    actor: filters.actor.trim() || undefined,
    since: startOf(filters.since),
    until: endOf(filters.until),
  };
  const query = useInfiniteQuery(organizationQueries.audit(path, search));
  const filtered = Object.values(search).some(Boolean);
  return (
    <>
      <SettingsHeader
        title="Audit log"
        description={`Who did what in ${of}, when and from where. Kept for 400 days unless this installation says otherwise.`}
        action={
          exportable && (
            <a className={buttonClass()} href={`/api/v1${path}.csv${searchText(search)}`} download>
              <Download />
              Export CSV
            </a>
          )
        }
      />
      <search className="flex flex-wrap items-center gap-2 py-3">
        <SearchInput
          label="Action"
          placeholder="Action, such as webhook"
          value={filters.what}
          onChange={(event) => setFilters({ what: event.target.value || null })}
          className="w-52! max-sm:w-full!"
        />
        <SearchInput
          label="User"
          placeholder="User"
          value={filters.actor}
          onChange={(event) => setFilters({ actor: event.target.value || null })}
          className="w-36! max-sm:w-full!"
        />
        <span className="flex items-center gap-2">
          <Input
            type="date"
            aria-label="From day"
            value={filters.since}
            onChange={(event) => setFilters({ since: event.target.value || null })}
            className="w-36! border-line-strong!"
          />
          <span className="text-meta text-fg-3">to</span>
          <Input
            type="date"
            aria-label="To day"
            value={filters.until}
            onChange={(event) => setFilters({ until: event.target.value || null })}
            className="w-36! border-line-strong!"
          />
        </span>
        {filtered && (
          <Button variant="ghost" size="sm" onClick={() => setFilters(null)}>
            Clear
          </Button>
        )}
      </search>
      <QueryState query={query} what="The audit log" loading={<ListSkeleton rows={8} height={44} />}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          if (entries.length === 0) {
            return (
              <EmptyState title={filtered ? 'Nothing matches' : 'Nothing yet'}>
                {filtered ? 'Widen the days or clear the filters.' : 'Every change here is written down with who made it.'}
              </EmptyState>
            );
          }
          return (
            <>
              <ul className="-mx-4 border-t border-line sm:-mx-6">
                {entries.map((entry) => (
                  <AuditRow key={entry.id} entry={entry} />
                ))}
              </ul>
              <LoadMore {...nextPageOf(query)} count={`${entries.length}${query.hasNextPage ? '+' : ''} entries`} />
            </>
          );
        }}
      </QueryState>
    </>
  );
}
