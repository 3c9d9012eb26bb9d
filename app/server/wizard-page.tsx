import { notFound } from 'next/navigation';
import { firstReads } from '#components/automations/wizard/first-reads.ts';
import { copyOf, firstValues, type WizardStart } from '#components/automations/wizard/first-values.ts';
import { savedValues, withTeam } from '#components/automations/wizard/saved-values.ts';
import { startingValues } from '#components/automations/wizard/starting-values.ts';
import { EditAutomationScreen, NewAutomationScreen } from '#components/automations/wizard/wizard-screen.tsx';
import type { Crumb } from '#components/ui/breadcrumbs.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import type { Prefetchable } from '#lib/client/query.ts';
import { sessionQueries } from '#lib/client/session.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { Prefetched, readOnServer } from './prefetch.tsx';

const KEYS = ['start', 'scope', 'from', 'metric', 'value'] as const satisfies (keyof WizardStart)[];

export type Search = Record<string, string | string[] | undefined>;

/** What an address says of the automation to begin with; a repeated name counts once. */
function wizardStart(search: Search, own: WizardStart): WizardStart {
  const given = KEYS.flatMap((key) => {
    const value = search[key];
    const first = Array.isArray(value) ? value[0] : value;
    return first ? [[key, first] as const] : [];
  });
  return { ...own, ...Object.fromEntries(given) };
}

interface NewWizardProps {
  crumbs: Crumb[];
  search: Search;
  /** What the place itself says. */
  own?: WizardStart;
  subject?: Prefetchable;
}

/** A new automation, empty or prefilled by its address. */
export async function NewWizard({ crumbs, search, own = {}, subject }: NewWizardProps) {
  const start = wizardStart(search, own);
  const me = await readOnServer<MeView>(sessionQueries.me());
  const from = me && start.from ? await readOnServer<AutomationView>(automationQueries.one(start.from)) : null;
  if (me && start.from && !from) notFound();
  const base = me && from ? savedValues(from, me) : startingValues(start.start);
  const values = firstValues(start, from ? { ...base, name: copyOf(base.name) } : base);
  const initial = me ? withTeam(values, me) : values;
  return (
    <Prefetched subject={subject} also={[sessionQueries.me(), ...firstReads(initial)]}>
      <NewAutomationScreen crumbs={crumbs} start={start} initial={initial} />
    </Prefetched>
  );
}

/** The same on a saved one. */
export async function EditWizard({ id, crumbs }: { id: string; crumbs: Crumb[] }) {
  const subject = automationQueries.one(id);
  const [me, saved] = await Promise.all([readOnServer<MeView>(sessionQueries.me()), readOnServer<AutomationView>(subject)]);
  const reads = me && saved ? firstReads(savedValues(saved, me)) : [];
  return (
    <Prefetched subject={subject} also={[sessionQueries.me(), ...reads]}>
      <EditAutomationScreen id={id} crumbs={crumbs} />
    </Prefetched>
  );
}
