'use client';

import { useQuery } from '@tanstack/react-query';
import { Content, Page } from '#components/layout/page.tsx';
import { PageHeaderSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import type { Crumb } from '#components/ui/breadcrumbs.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { sessionQueries } from '#lib/client/session.ts';
import { projectQueries, registryQueries } from '#lib/client/tracking.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { PERMISSION_WORDS, roleMay } from '#lib/domain/permissions.ts';
import type { WizardStart } from './first-values.ts';
import type { WizardValues } from './form-values.ts';
import { savedValues } from './saved-values.ts';
import { Wizard } from './wizard.tsx';
import { MeProvider } from './wizard-form.ts';

/** A new automation with what its address says. */
export function NewAutomationScreen({ crumbs, start, initial }: { crumbs: Crumb[]; start: WizardStart; initial: WizardValues }) {
  const me = useQuery(sessionQueries.me());
  const where = ['new', ...Object.entries(start).map(([key, value]) => `${key}=${value}`)].join(' ');
  const writable = useWritable(start.scope);
  return (
    <Page width="full" crumbs={[...crumbs, { label: 'New' }]}>
      <QueryState query={me} what="Your account" loading={<PageHeaderSkeleton />}>
        {(visitor) =>
          writable(visitor) ? (
            <MeProvider value={visitor}>
              <Wizard initial={initial} where={where} />
            </MeProvider>
          ) : (
            <MayNotCreate place={ownerOf(start.scope)} />
          )
        }
      </QueryState>
    </Page>
  );
}

/** The same wizard on a saved one. Whoever may not change it reads why. */
export function EditAutomationScreen({ id, crumbs }: { id: string; crumbs: Crumb[] }) {
  const me = useQuery(sessionQueries.me());
  const automation = useQuery(automationQueries.one(id));
  return (
    <QueryState query={automation} what="The automation" loading={<PageHeaderSkeleton />}>
      {(saved) => (
        <Page width="full" crumbs={[...crumbs, { label: saved.name, href: saved.href }, { label: 'Edit' }]}>
          <QueryState query={me} what="Your account" loading={<PageHeaderSkeleton />}>
            {(visitor) => (
              <MeProvider value={visitor}>
                {roleMay(saved.role, 'automations:write') ? (
                  <Wizard key={saved.id} initial={savedValues(saved, visitor)} saved={saved} where={saved.id} />
                ) : (
                  <MayOnlyLook saved={saved} />
                )}
              </MeProvider>
            )}
          </QueryState>
        </Page>
      )}
    </QueryState>
  );
}

/**
 * Whether the visitor may make automations in the place that the address names; without one, whether anywhere. Places that
 * are not known, or not yet, are left to the wizard's own fields.
 */
function useWritable(scope: string | undefined): (visitor: MeView) => boolean {
  const projects = useQuery(projectQueries.whole()).data?.items;
  const registries = useQuery(registryQueries.all()).data?.items;
  const owner = ownerOf(scope);
  return ({ entities }) => {
    const places = [
      ...entities.filter(({ kind }) => kind !== 'user').map(({ name, role }) => ({ name, role })), // a person's space is no scope
      ...(registries ?? []).map(({ organization, name, role }) => ({ name: `${organization}/${name}`, role })),
    ];
    const mayIn = ({ role }: { role: Parameters<typeof roleMay>[0] }) => roleMay(role, 'automations:write');
    if (owner === undefined) return !projects || !registries || [...places, ...projects].some(mayIn);
    const named = places.find(({ name }) => name === owner);
    return named === undefined || mayIn(named);
  };
}

/** Who gives the right: "vision" of "project:vision/detector", "acme-org/model" of "registryCollection:acme-org/model/fraud". */
const ownerOf = (scope = '') =>
  /^(?:project|collection|team|organization):([^/]+)/.exec(scope)?.[1] ?? /^registry(?:Collection)?:([^/]+\/[^/]+)/.exec(scope)?.[1];

function MayNotCreate({ place }: { place: string | undefined }) {
  return (
    <Content>
      {place ? (
        <EmptyState heading="h1" title={`You may not ${PERMISSION_WORDS['automations:write']}`}>
          Members and admins of {place} can. Ask one of them for the role, or for the automation.
        </EmptyState>
      ) : (
        <EmptyState heading="h1" title="There is no place in which you may create automations">
          You look on in every team and registry that you are in. Ask an admin of one of them for the member role.
        </EmptyState>
      )}
    </Content>
  );
}

function MayOnlyLook({ saved }: { saved: AutomationView }) {
  return (
    <Content>
      <EmptyState
        heading="h1"
        title="You may look at this automation, not change it"
        action={<ButtonLink href={saved.href}>Open {saved.name}</ButtonLink>}
      >
        Members and admins of its team can. Ask one of them for the role, or for the change.
      </EmptyState>
    </Content>
  );
}
