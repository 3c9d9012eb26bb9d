import { createContext, use, useEffect, useState } from 'react';

/**
 * What judges the form's values: the domain's schemas, patterns and templates, with zod and RE2 half of the wizard's code.
 * They are fetched when there is something to judge. Where they cannot be fetched the server judges alone, by the same rules.
 */
export const loadRules = async () => {
  const [issues, patterns] = await Promise.all([import('./form-issues.ts'), import('#lib/domain/regex.ts')]);
  return { ...issues, ...patterns };
};

export type Rules = Awaited<ReturnType<typeof loadRules>>;

export function useLoadedRules(wanted: boolean): Rules | null {
  const [rules, setRules] = useState<Rules | null>(null);
  useEffect(() => {
    if (wanted) void loadRules().then(setRules, () => undefined);
  }, [wanted]);
  return rules;
}

const RulesContext = createContext<Rules | null>(null);
export const RulesProvider = RulesContext.Provider;
/** Null until they are there. */
export const useRules = () => use(RulesContext);
