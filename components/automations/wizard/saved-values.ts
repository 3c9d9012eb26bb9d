import type { AutomationView } from '#lib/contracts/automations.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { qualified, toValues } from './form-document.ts';
import type { WizardValues } from './form-values.ts';

/** A saved automation's values; its registry with its organization, its integration with its team. */
export function savedValues(saved: AutomationView, me: MeView): WizardValues {
  const organization = me.entities.find(({ kind }) => kind === 'organization')?.name;
  const values = toValues({ ...saved, scope: qualified(saved.scope, organization) });
  return { ...values, team: saved.target?.team ?? values.team };
}

/** Where the scope names no team and the visitor has only one, that one. */
export function withTeam(values: WizardValues, { entities }: MeView): WizardValues {
  const teams = entities.filter(({ kind, role }) => kind === 'team' && roleMay(role, 'integrations:use'));
  return values.team || teams.length !== 1 ? values : { ...values, team: teams[0]!.name };
}
