'use client';

import { CircleDashed, Layers, Send, User, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { oneOf, text, useAddress } from '#components/layout/use-address.ts';
import { FilterBar, FilterChip } from '#components/ui/filter-chip.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';
import type { AutomationView } from '#lib/contracts/automations.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { AUTOMATION_EVENTS, EVENT_TYPES } from '#lib/domain/event-types.ts';
import { scopeKindOf, scopeNameOf } from '#lib/domain/scope-name.ts';

const STATUSES = { enabled: 'On', disabled: 'Off', failing: 'Failing', problem: 'Cannot work' } as const;
const ACTIONS = { webhook: 'Webhook', slack: 'Slack notification', nothing: 'Do nothing' } as const;
const keysOf = <Table extends object>(table: Table) => Object.keys(table) as (keyof Table & string)[];

/** The filters of a list of automations, kept in the URL. */
export function useAutomationFilters() {
  return useAddress({
    q: text,
    status: oneOf(keysOf(STATUSES)),
    on: oneOf(AUTOMATION_EVENTS),
    action: oneOf(keysOf(ACTIONS)),
    owner: text,
    scope: text,
  });
}

type Filters = ReturnType<typeof useAutomationFilters>;
type Entities = readonly Pick<MeView['entities'][number], 'kind' | 'name'>[];

export function AutomationFilters({
  filters: [values, set],
  automations,
  entities,
  start,
  end,
}: {
  filters: Filters;
  /** Those shown: the owners to choose from, and scopes. */
  automations: readonly AutomationView[];
  /** My teams and organizations, to choose a scope from; absent where all have one place. */
  entities?: Entities | undefined;
  start?: ReactNode;
  end?: ReactNode;
}) {
  const owners = [...new Set(automations.flatMap(({ createdBy }) => (createdBy ? [createdBy.username] : [])))].sort();
  const scopes = entities && scopeOptions(entities, automations, values.scope);
  return (
    <FilterBar label="Filter automations" end={end}>
      {start}
      <SearchInput
        label="Search by name"
        placeholder="Search by name"
        className="w-60 max-sm:w-44"
        value={values.q ?? ''}
        onChange={(event) => set({ q: event.target.value || null })}
      />
      <Choice icon={<CircleDashed />} label="Status" value={values.status} options={STATUSES} onChange={(status) => set({ status })} />
      <Choice
        icon={<Zap />}
        label="Event"
        value={values.on}
        options={
          Object.fromEntries(AUTOMATION_EVENTS.map((on) => [on, EVENT_TYPES[on].label])) as Record<
            (typeof AUTOMATION_EVENTS)[number],
            string
          >
        }
        onChange={(on) => set({ on })}
      />
      <Choice icon={<Send />} label="Action" value={values.action} options={ACTIONS} onChange={(action) => set({ action })} />
      {scopes && Object.keys(scopes).length > 1 && (
        <Choice icon={<Layers />} label="Scope" value={values.scope} options={scopes} onChange={(scope) => set({ scope })} />
      )}
      {(owners.length > 1 || values.owner) && (
        <Choice
          icon={<User />}
          label="Owner"
          value={values.owner}
          options={Object.fromEntries(owners.map((owner) => [owner, owner]))}
          onChange={(owner) => set({ owner })}
        />
      )}
    </FilterBar>
  );
}

/** Texts as the list's address takes them, with what people call the scope. */
function scopeOptions(entities: Entities, automations: readonly AutomationView[], chosen: string | null): Record<string, string> {
  const wide = entities.flatMap(({ kind, name }) => (kind === 'user' ? [] : [`${kind}:${name}`]));
  const own = automations.map(({ scope }) => `${scopeKindOf(scope)}:${scopeNameOf(scope)}`);
  const all = [...new Set([...wide, ...own, ...(chosen ? [chosen] : [])])];
  return Object.fromEntries(all.map((text) => [text, labelOfScope(text)]));
}

function labelOfScope(text: string): string {
  const [kind, name] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)];
  return kind === 'team' || kind === 'organization' ? `All of ${name}` : name;
}

function Choice<Value extends string>({
  icon,
  label,
  value,
  options,
  onChange,
}: {
  icon: ReactNode;
  label: string;
  value: Value | null;
  options: Record<Value, string>;
  onChange: (value: Value | null) => void;
}) {
  return (
    <Menu
      align="start"
      label={label}
      trigger={<FilterChip icon={icon} label={label} value={value && options[value]} onClear={() => onChange(null)} />}
    >
      <MenuChoices
        label={label}
        value={value ?? ''}
        onChange={(next) => onChange((next || null) as Value | null)}
        options={[{ value: '', label: 'Any' }, ...keysOf(options).map((key) => ({ value: key as string, label: options[key] }))]}
      />
    </Menu>
  );
}
