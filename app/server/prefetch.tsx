import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { searchText } from '#lib/client/http.ts';
import { type Prefetchable, readWhole } from '#lib/client/query.ts';
import { sessionQueries } from '#lib/client/session.ts';
import type { MeView } from '#lib/contracts/session.ts';
import type { Page } from '#lib/contracts/view.ts';

/** The server's own REST dispatcher, put on globalThis by lib/server/main.ts: the same routes and rights as over HTTP, without HTTP. */
type Dispatch = (request: Request) => Promise<Response>;

/** Set by lib/server/pages-part.ts for a visitor at the machine itself, who may set up without the token. */
const DIRECT_LOOPBACK = 'x-hookline-direct-loopback';

export function ourDispatch(): Dispatch {
  const dispatch = (globalThis as unknown as Record<symbol, Dispatch | undefined>)[Symbol.for('hookline.dispatch')];
  if (!dispatch) throw new Error('Pages are served by lib/server/main.ts only: start with "npm start" or "npm run dev".');
  return dispatch;
}

async function read(query: Prefetchable): Promise<{ status: number; data: unknown }> {
  if (!query.request.whole) return readOnce(query);
  const { path, search, view } = query.request;
  let refused: { status: number; data: unknown } | undefined;
  const data = await readWhole(async (after) => {
    const answer = await readOnce({ ...query, request: { path, search: { ...search, after }, view } });
    if (answer.status !== 200) refused = answer;
    return answer.status === 200 ? (answer.data as Page<unknown>) : { items: [] };
  });
  return refused ?? { status: 200, data };
}

async function readOnce({ request }: Prefetchable): Promise<{ status: number; data: unknown }> {
  const dispatch = ourDispatch();
  const cookie = (await cookies()).toString();
  const direct = (await headers()).get(DIRECT_LOOPBACK);
  const asks = request.body !== undefined;
  const response = await dispatch(
    new Request(`http://in-process/api/v1${request.path}${searchText(request.search)}`, {
      headers: {
        cookie,
        accept: 'application/json',
        ...(direct !== null && { [DIRECT_LOOPBACK]: direct }),
        ...(asks && { 'content-type': 'application/json', origin: await publicOrigin() }),
      },
      ...(asks && { method: 'POST', body: JSON.stringify(request.body) }),
    }),
  );
  const body = await response.json();
  return { status: response.status, data: response.ok ? (await request.view()).parse(body) : body };
}

/**
 * Fills the browser's cache for the first paint. `subject` is what the page is about: when the visitor may not see it the page
 * is not found; when nobody is signed in the visitor is asked to, and comes back. The rest may fail: the screen shows that itself.
 */
export async function Prefetched({ subject, also = [], children }: { subject?: Prefetchable; also?: Prefetchable[]; children: ReactNode }) {
  const client = new QueryClient();
  const queries = subject ? [subject, ...also] : also;
  const answers = await Promise.all(queries.map(read));
  if (answers.some(({ status }) => status === 401)) redirect(`/login?next=${encodeURIComponent(await currentPath())}`);
  if (subject && answers[0]!.status === 404) notFound();
  for (const [index, { status, data }] of answers.entries()) {
    if (status !== 200) continue;
    const { queryKey, request } = queries[index]!;
    client.setQueryData(queryKey, request.pages ? { pages: [data], pageParams: [undefined] } : data);
  }
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}

/** Reads one query for a decision of the page itself, such as whether setup is over. Null when it was refused. */
export async function readOnServer<Data>(query: Prefetchable): Promise<Data | null> {
  const { status, data } = await read(query);
  return status === 200 ? (data as Data) : null;
}

/** Where a visitor's own requests come from. */
async function publicOrigin(): Promise<string> {
  const me = await readOnServer<MeView>(sessionQueries.me());
  return me ? new URL(me.publicUrl).origin : '';
}

/** The address asked for, as proxy.ts noted it. */
export async function currentPath(): Promise<string> {
  return (await headers()).get('x-path') ?? '/';
}
