import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { currentPath, Prefetched, readOnServer } from '#app/server/prefetch.tsx';
import { SIDEBAR_COOKIE } from '#components/layout/sidebar-cookie.ts';
import { DashboardShell } from '#components/shell/dashboard-shell.tsx';
import { ENTITY_COOKIE } from '#components/shell/entity-cookie.ts';
import { homeQuery } from '#lib/client/executions.ts';
import { sessionQueries } from '#lib/client/session.ts';
import type { MeView } from '#lib/contracts/session.ts';

/** Everything behind the sign-in. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const me = await readOnServer<MeView>(sessionQueries.me());
  if (!me) redirect(`/login?next=${encodeURIComponent(await currentPath())}`);
  const jar = await cookies();
  const remembered = jar.get(ENTITY_COOKIE)?.value;
  return (
    <Prefetched also={[homeQuery()]}>
      <DashboardShell
        me={me}
        collapsed={jar.get(SIDEBAR_COOKIE)?.value === 'collapsed'}
        rememberedEntity={remembered && decodeURIComponent(remembered)}
      >
        {children}
      </DashboardShell>
    </Prefetched>
  );
}
