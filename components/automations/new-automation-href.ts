import { pagePaths } from '#lib/domain/page-paths.ts';
import type { ScopeDocument } from '#lib/domain/scope.ts';
import { scopeKindOf, scopeNameOf } from '#lib/domain/scope-name.ts';

/** The wizard's address, prefilled: `?start=` names a starting point, `?scope=` where it listens. */
export function newAutomationHref(scope: ScopeDocument | undefined, start?: string): string {
  const search = new URLSearchParams({
    ...(scope && { scope: `${scopeKindOf(scope)}:${scopeNameOf(scope)}` }),
    ...(start && { start }),
  });
  return `${pagePaths.newAutomation()}${search.size ? `?${search}` : ''}`;
}
