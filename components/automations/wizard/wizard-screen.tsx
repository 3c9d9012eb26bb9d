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
import type { AutomationView } from '#lib/contracts/automations.ts';
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
  const entity = entityOf(start);
  return (
    <Page width="full" crumbs={[...crumbs, { label: 'New' }]}>
      <QueryState query={me} what="Your account" loading={<PageHeaderSkeleton />}>
        {(visitor) => {
          const role = visitor.entities.find(({ name }) => name === entity)?.role;
          if (role && !roleMay(role, 'automations:write')) return <MayNotCreate entity={entity!} />;
          return (
            <MeProvider value={visitor}>
              <Wizard initial={initial} where={where} />
            </MeProvider>
          );
        }}
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

/** Whose project the address names: "vision" of "project:vision/detector". */
const entityOf = ({ scope = '' }: WizardStart) => /^(?:project|collection|team):([^/]+)/.exec(scope)?.[1];

function MayNotCreate({ entity }: { entity: string }) {
  return (
    <Content>
      <EmptyState heading="h1" title={`You may not ${PERMISSION_WORDS['automations:write']}`}>
        Members and admins of {entity} can. Ask one of them for the role, or for the automation.
      </EmptyState>
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
