import type { Metadata } from 'next';
import { type Asked, automationsFirst } from '#app/server/first-lists.ts';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { RegistryAutomations } from '#components/registry/registry-automations.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { registryQueries } from '#lib/client/tracking.ts';

export const metadata: Metadata = { title: 'Automations' };

type Props = { params: Promise<{ name: string }>; searchParams: Promise<Asked & { organization?: string }> };

export default async function RegistryAutomationsPage({ params, searchParams }: Props) {
  const { name } = await namesOf(params);
  const asked = await searchParams;
  const { organization } = asked;
  const at = { registry: name, organization };
  const history = asked.view === 'history';
  const lists = history ? [automationQueries.in(at, { limit: 200 })] : automationsFirst(asked, at);
  return (
    <Prefetched subject={registryQueries.one(name, organization)} also={lists}>
      <RegistryAutomations registry={name} organization={organization} view={history ? 'history' : 'list'} />
    </Prefetched>
  );
}
