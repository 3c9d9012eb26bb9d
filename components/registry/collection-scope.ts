import type { Container } from '#lib/client/tracking.ts';
import type { ScopeDocument } from '#lib/domain/scope.ts';

/** The collection as rules name where they listen. */
export const collectionScope = (at: Container, collection: string): ScopeDocument =>
  'registry' in at
    ? { registryCollection: `${at.organization ? `${at.organization}/` : ''}${at.registry}/${collection}` }
    : { collection: `${at.entity}/${at.project}/${collection}` };
