'use client';

import { useQuery } from '@tanstack/react-query';
import { Copy, FileCode, Pencil, Play, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { History } from '#components/executions/history.tsx';
import { Page } from '#components/layout/page.tsx';
import { PageHeaderSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { oneOf, useAddress } from '#components/layout/use-address.ts';
import type { Crumb } from '#components/ui/breadcrumbs.tsx';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';
import { CODE_LANGUAGES } from '#lib/domain/code-languages.ts';
import { scopeWords } from '#lib/domain/describe.ts';
import { eventTypeOf } from '#lib/domain/event-types.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { textOf } from '#lib/domain/rule-words.ts';
import { AutomationHealth } from './automation-screen-health.tsx';
import { AutomationNearMisses } from './automation-screen-near-misses.tsx';
import { AutomationSummary } from './automation-screen-summary.tsx';
import { DeleteAutomation } from './delete-automation.tsx';
import { EnabledSwitch } from './enabled-switch.tsx';

const RunNowDialog = dynamic(() => import('./automation-screen-run-now.tsx').then((module) => module.RunNowDialog));
const AutomationCodeDialog = dynamic(() => import('./automation-screen-code.tsx').then((module) => module.AutomationCodeDialog));

/** One automation: what it does in words, whether it can, how it went. */
export function AutomationScreen({ id, crumbs }: { id: string; crumbs: Crumb[] }) {
  const automation = useQuery({ ...automationQueries.one(id), refetchInterval: 15_000 });
  return (
    <Page width="full" crumbs={[...crumbs, { label: automation.data?.name ?? id }]}>
      <QueryState query={automation} what="The automation" loading={<PageHeaderSkeleton />}>
        {(view) => (
          <>
            <History header={<Header automation={view} />} of={{ automation: view.id }} belongs={(row) => row.automation.id === view.id} />
            <Dialogs automation={view} />
          </>
        )}
      </QueryState>
    </Page>
  );
}

/** What is open over the page, in its address: links of the list lead straight there. */
const useOpen = () => useAddress({ run: oneOf(['now']), code: oneOf(CODE_LANGUAGES), delete: oneOf(['ask']) });

function Header({ automation }: { automation: AutomationView }) {
  const [, open] = useOpen();
  const mayWrite = roleMay(automation.role, 'automations:write');
  return (
    <>
      <PageHeader
        title={automation.name}
        badge={<EnabledSwitch automation={automation} mayWrite={mayWrite} />}
        meta={[
          eventTypeOf(automation.on).label,
          textOf(scopeWords(automation.scope)),
          ...(automation.createdBy ? [`by ${automation.createdBy.username}${automation.createdBy.deleted ? ' (deleted)' : ''}`] : []),
          <span key="changed">
            changed <RelativeTime at={automation.updatedAt} />
          </span>,
        ]}
        action={
          mayWrite && (
            <>
              <Button onClick={() => open({ run: 'now' })}>
                <Play />
                Run now
              </Button>
              <ButtonLink variant="primary" href={`${automation.href}/edit`}>
                <Pencil />
                Edit
              </ButtonLink>
            </>
          )
        }
        menu={
          <>
            {mayWrite && (
              <MenuLink icon={<Copy />} href={`${pagePaths.newAutomation()}?from=${automation.id}`}>
                Duplicate
              </MenuLink>
            )}
            <MenuItem icon={<FileCode />} onSelect={() => open({ code: 'yaml' })}>
              View as code
            </MenuItem>
            {mayWrite && (
              <>
                <MenuSeparator />
                <MenuItem danger icon={<Trash2 />} onSelect={() => open({ delete: 'ask' })}>
                  Delete
                </MenuItem>
              </>
            )}
          </>
        }
      />
      <div className="flex flex-col gap-4 pb-5">
        <AutomationSummary automation={automation} />
        <AutomationHealth automation={automation} />
        <AutomationNearMisses id={automation.id} />
      </div>
    </>
  );
}

function Dialogs({ automation }: { automation: AutomationView }) {
  const [{ run, code, delete: deleting }, open] = useOpen();
  const router = useRouter();
  return (
    <>
      {run && <RunNowDialog automation={automation} onClose={() => open({ run: null })} />}
      {code && <AutomationCodeDialog automation={automation} language={code} onClose={() => open({ code: null })} />}
      {deleting && (
        <DeleteAutomation
          automation={automation}
          onClose={() => open({ delete: null })}
          onDeleted={() => router.push(pagePaths.automations())}
        />
      )}
    </>
  );
}
