import type { WizardStart } from '#components/automations/wizard/first-values.ts';

const KEYS = ['start', 'scope', 'from', 'metric', 'value'] as const satisfies (keyof WizardStart)[];

export type Search = Record<string, string | string[] | undefined>;

/** What an address says of the automation to begin with; a repeated name counts once. */
export function wizardStart(search: Search, own: WizardStart = {}): WizardStart {
  const given = KEYS.flatMap((key) => {
    const value = search[key];
    const first = Array.isArray(value) ? value[0] : value;
    return first ? [[key, first] as const] : [];
  });
  return { ...own, ...Object.fromEntries(given) };
}
