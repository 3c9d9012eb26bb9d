import { Box, Building2, Folder, LibraryBig, Users } from 'lucide-react';
import type { ScopeDocument } from '#lib/domain/scope.ts';
import { scopeKindOf, scopeNameOf } from '#lib/domain/scope-name.ts';

const ICON = { project: Folder, collection: Box, registry: LibraryBig, registryCollection: Box, team: Users, organization: Building2 };
const WORD = {
  project: 'Project',
  collection: 'Collection',
  registry: 'Registry',
  registryCollection: 'Registry collection',
  team: 'Team',
  organization: 'Organization',
};

/** The last part of where it listens, with its kind as icon; the whole on hover. */
export function ScopeName({ scope }: { scope: ScopeDocument }) {
  const kind = scopeKindOf(scope);
  const name = scopeNameOf(scope);
  const Icon = ICON[kind];
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1.5 align-middle text-fg-2" title={`${WORD[kind]} ${name}`}>
      <Icon className="size-3.5 flex-none text-fg-3" />
      <span className="truncate">{name.split('/').at(-1)}</span>
    </span>
  );
}
