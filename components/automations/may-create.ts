import { useQuery } from '@tanstack/react-query';
import { sessionQueries } from '#lib/client/session.ts';
import { projectQueries, registryQueries } from '#lib/client/tracking.ts';
import { roleMay } from '#lib/domain/permissions.ts';

/** Whether I may make automations anywhere. A team or organization of mine mostly says it; only where none does, every place is asked. */
export function useMayCreateAutomations(): boolean {
  const entities = useQuery(sessionQueries.me()).data?.entities;
  // A person's own space is no scope, but the projects in it are.
  const known = entities?.some(({ kind, role }) => kind !== 'user' && roleMay(role, 'automations:write'));
  const projects = useQuery({ ...projectQueries.whole(), enabled: known === false }).data?.items ?? [];
  const registries = useQuery({ ...registryQueries.all(), enabled: known === false }).data?.items ?? [];
  return known || [...projects, ...registries].some(({ role }) => roleMay(role, 'automations:write'));
}
