import type { Issue } from '#lib/errors.ts';
import type { WizardValues } from './form-values.ts';

type Step = { id: string; title: string; fields: readonly (keyof WizardValues)[] };

export const STEPS = [
  { id: 'event', title: 'Event', fields: ['on', 'scope', 'filter'] },
  { id: 'action', title: 'Action', fields: ['team', 'action'] },
  { id: 'details', title: 'Details', fields: ['name', 'description', 'enabled', 'cooldownSeconds', 'maxFiringsPerMinute', 'retry'] },
] as const satisfies readonly Step[];

export type StepId = (typeof STEPS)[number]['id'];
export const STEP_IDS = STEPS.map(({ id }) => id);

/** The step that a document's path belongs to; null for what no field shows. */
export function stepOfPath([key]: Issue['path']): StepId | null {
  return STEPS.find(({ fields }) => (fields as readonly unknown[]).includes(key))?.id ?? null;
}

export const indexOfStep = (id: StepId) => STEP_IDS.indexOf(id);

/** The first step with a problem, or the last: further than this nobody can go. */
export function furthestStep(issues: readonly Issue[]): number {
  const first = STEPS.findIndex(({ id }) => issues.some(({ path }) => stepOfPath(path) === id));
  return first === -1 ? STEPS.length - 1 : first;
}
