'use client';

import { useQuery } from '@tanstack/react-query';
import { Building2, Folder, LibraryBig, Users } from 'lucide-react';
import { Combobox, type ComboboxOption } from '#components/ui/combobox.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { projectQueries, registryQueries } from '#lib/client/tracking.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { eventTypeOf } from '#lib/domain/event-types.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { scopeOf, teamOfScope } from './form-document.ts';
import type { ScopeChoice, WizardValues } from './form-values.ts';
import { SuggestionCombobox } from './suggestions.tsx';
import { useMe, useProblem, useValues, useWizardForm } from './wizard-form.ts';

const LABELS: Record<ScopeChoice, string> = {
  project: 'Project',
  collection: 'Collection',
  matching: 'Collections that match',
  registry: 'Registry',
  registryCollection: 'Registry collection',
  team: 'Team',
  organization: 'Organization',
};

function choicesFor(on: WizardValues['on']): ScopeChoice[] {
  const { scopes, family } = eventTypeOf(on);
  const narrows = family === 'artifact' || family === 'collection';
  return (Object.keys(LABELS) as ScopeChoice[]).filter((kind) => (kind === 'matching' ? narrows : scopes.includes(kind)));
}

/** Where it listens: the kind of place, then the place. */
export function ScopeField() {
  const form = useWizardForm();
  const me = useMe();
  const { on, scope, team } = useValues();
  const error = useProblem('scope.name');
  const set = (next: WizardValues['scope']) => {
    const before = scopeOf(form.getValues('scope'));
    form.setValue('scope', next, { shouldDirty: true, shouldValidate: error !== undefined });
    const place = scopeOf(next);
    const follows = team === '' || (before && teamOfScope(before) === team);
    if (place && follows) form.setValue('team', teamOfScope(place) ?? (team || firstTeam(me)), { shouldDirty: true });
  };
  return (
    <Field group label="Scope" error={error} hint="Everything in it today, and what is added later.">
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label="Kind of scope"
          className="w-auto! max-w-full min-w-33 flex-none"
          value={scope.kind}
          onChange={(kind) => set(convert(scope, kind, me))}
          options={choicesFor(on).map((kind) => ({ value: kind, label: LABELS[kind] }))}
        />
        <Place scope={scope} onChange={(name) => set({ kind: scope.kind, name })} invalid={error !== undefined} />
      </div>
    </Field>
  );
}

const firstTeam = (me: MeView) => me.entities.find(({ kind, role }) => kind === 'team' && roleMay(role, 'integrations:use'))?.name ?? '';

/** Keeps what still makes sense of the place chosen before. */
function convert({ kind, name }: WizardValues['scope'], next: ScopeChoice, me: MeView): WizardValues['scope'] {
  const place = scopeOf({ kind, name });
  const [owner, container] = place ? Object.values(place)[0]!.split('/') : [];
  const inRegistry = place !== null && ('registry' in place || 'registryCollection' in place);
  const both = owner && container ? `${owner}/${container}` : '';
  switch (next) {
    case 'project':
    case 'collection':
      return { kind: next, name: inRegistry ? '' : both };
    case 'registry':
    case 'registryCollection':
      return { kind: next, name: inRegistry ? both : '' };
    case 'matching':
      return { kind: next, name: both && `${inRegistry ? 'registry' : 'project'}:${both}` };
    case 'team':
    case 'organization': {
      const mine = me.entities.filter((entity) => entity.kind === next);
      const same = mine.find((entity) => entity.name === owner);
      const only = mine.length === 1 ? mine[0] : undefined;
      return { kind: next, name: (same ?? only)?.name ?? '' };
    }
  }
}

type PlaceProps = { scope: WizardValues['scope']; onChange: (name: string) => void; invalid: boolean };

function Place({ scope, onChange, invalid }: PlaceProps) {
  const me = useMe();
  const projects = useProjectOptions();
  const registries = useRegistryOptions();
  const common = { className: 'min-w-40 flex-1', invalid };
  switch (scope.kind) {
    case 'project':
      return (
        <Combobox {...common} aria-label="Project" placeholder="Choose a project" value={scope.name} onChange={onChange} {...projects} />
      );
    case 'registry':
      return (
        <Combobox
          {...common}
          aria-label="Registry"
          placeholder="Choose a registry"
          value={scope.name}
          onChange={onChange}
          {...registries}
        />
      );
    case 'matching':
      return (
        <Combobox
          {...common}
          aria-label="In project or registry"
          placeholder="Choose a project or registry"
          value={scope.name}
          onChange={onChange}
          loading={projects.loading || registries.loading}
          options={[...prefixed('project', projects.options), ...prefixed('registry', registries.options)]}
        />
      );
    case 'collection':
      return <CollectionPlace container="project" {...projects} scope={scope} onChange={onChange} invalid={invalid} />;
    case 'registryCollection':
      return <CollectionPlace container="registry" {...registries} scope={scope} onChange={onChange} invalid={invalid} />;
    case 'team':
    case 'organization': {
      const mine = me.entities.filter(({ kind, role }) => kind === scope.kind && roleMay(role, 'automations:write'));
      const icon = scope.kind === 'team' ? <Users /> : <Building2 />;
      const options = mine.map(({ name, displayName }) => ({ value: name, meta: displayName === name ? undefined : displayName, icon }));
      return (
        <Combobox
          {...common}
          aria-label={LABELS[scope.kind]}
          placeholder={`Choose`}
          value={scope.name}
          onChange={onChange}
          options={options}
        />
      );
    }
  }
}

function CollectionPlace({
  container,
  scope,
  onChange,
  invalid,
  options,
  loading,
}: PlaceProps & { container: 'project' | 'registry'; options: ComboboxOption[]; loading: boolean }) {
  const [owner, name, ...rest] = scope.name.split('/');
  const place = owner && name ? `${owner}/${name}` : '';
  return (
    <>
      <Combobox
        className="min-w-40 flex-1"
        invalid={invalid && !place}
        aria-label={container === 'project' ? 'Project' : 'Registry'}
        placeholder={`Choose a ${container}`}
        value={place}
        onChange={onChange}
        options={options}
        loading={loading}
      />
      <SuggestionCombobox
        className="min-w-40 flex-1"
        invalid={invalid && place !== ''}
        mono
        aria-label="Collection"
        placeholder="Choose a collection"
        scope={place ? `${container}:${place}` : null}
        kind="collection"
        freeText={false}
        disabled={!place}
        emptyText="No collection here yet"
        value={rest.join('/')}
        onChange={(collection) => onChange(`${place}/${collection}`)}
      />
    </>
  );
}

const prefixed = (kind: string, options: ComboboxOption[]) =>
  options.map((option) => ({ ...option, value: `${kind}:${option.value}`, label: option.value }));

function useProjectOptions() {
  const projects = useQuery(projectQueries.whole());
  const items = projects.data?.items ?? [];
  return {
    loading: projects.isPending,
    emptyText: 'No project yet in which you may make automations',
    options: items
      .filter(({ role }) => roleMay(role, 'automations:write'))
      .map(({ entity, name }) => ({ value: `${entity}/${name}`, icon: <Folder /> })),
  };
}

function useRegistryOptions() {
  const registries = useQuery(registryQueries.all());
  const items = registries.data?.items ?? [];
  return {
    loading: registries.isPending,
    emptyText: 'No registry yet in which you may make automations',
    options: items
      .filter(({ role }) => roleMay(role, 'automations:write'))
      .map(({ organization, name }) => ({ value: `${organization}/${name}`, icon: <LibraryBig /> })),
  };
}
