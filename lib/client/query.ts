import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Page } from '#lib/contracts/view.ts';
import { http, type Search } from './http.ts';
import type { View } from './views.ts';

/**
 * One read of the API as data. Its key is its address, so that a page may fill the cache before the first paint
 * (app/prefetch.ts) and a mutation may invalidate by the beginning of a path: when it is settled, since the onSuccess that a
 * screen gives takes the place of the mutation's own.
 */
export function apiQuery<Data>(path: string, view: View<Data>, search: Search = {}) {
  return {
    ...queryOptions({
      queryKey: ['api', ...path.split('/').filter(Boolean), search] as const,
      queryFn: ({ signal }) => http.get(path, view, { search, signal }),
    }),
    request: { path, search, view },
  };
}

/**
 * The same for a list that is needed whole: to choose from, to count, to find a name in. Its pages are read one after another;
 * where it is shown, components/ui/load-more.tsx shows it in pieces.
 */
export function apiList<Item>(path: string, view: View<Page<Item>>, search: Search = {}) {
  const paged = { ...search, limit: LARGEST_PAGE };
  return {
    ...queryOptions({
      queryKey: ['api', ...path.split('/').filter(Boolean), paged] as const,
      queryFn: ({ signal }) => readWhole((after) => http.get(path, view, { search: { ...paged, after }, signal })),
    }),
    request: { path, search: paged, view, whole: true as const },
  };
}

const LARGEST_PAGE = 200;

/** All pages as one. */
export async function readWhole<Item>(readPage: (after?: string) => Promise<Page<Item>>): Promise<Page<Item>> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await readPage(after);
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return { items };
}

/** The same for a list that is read page after page. */
export function apiPages<Data extends Page<unknown>>(path: string, view: View<Data>, search: Search = {}) {
  return {
    ...infiniteQueryOptions({
      queryKey: ['api', ...path.split('/').filter(Boolean), { ...search, pages: true }] as const,
      queryFn: ({ signal, pageParam }) => http.get(path, view, { search: { ...search, after: pageParam }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page: Data) => page.next,
    }),
    request: { path, search, view, pages: true as const },
  };
}

/** A read that a page may do before the first paint: what apiQuery, apiList and apiPages make. */
export type Prefetchable = {
  queryKey: readonly unknown[];
  /** With a body it is a question by POST, which changes nothing. */
  request: { path: string; search: Search; view: View<unknown>; pages?: true; whole?: true; body?: unknown };
};

/** Key of everything whose address begins with this path: for invalidation after a write. */
export const apiKey = (path: string) => ['api', ...path.split('/').filter(Boolean)];

/** One path segment of an address. */
export const segment = encodeURIComponent;
