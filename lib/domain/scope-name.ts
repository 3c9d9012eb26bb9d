import type { ScopeDocument } from './scope.ts';

export type ScopeKind = 'project' | 'collection' | 'registry' | 'registryCollection' | 'team' | 'organization';

/** Of the one key of a scope's document. */
export const scopeKindOf = (scope: ScopeDocument) => Object.keys(scope)[0] as ScopeKind;
export const scopeNameOf = (scope: ScopeDocument) => Object.values(scope)[0] as string;
