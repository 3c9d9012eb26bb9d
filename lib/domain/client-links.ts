import { REGISTRY_PROJECT_PREFIX } from './names.ts';
import { pagePaths, registryNameOf } from './page-paths.ts';

/**
 * The client prints addresses of the vendor's pages: of a version where it was logged, of a version in a registry or in a
 * project's collection of links, of a project. Answers our page of the same thing; null for every other address.
 */
export function pageOfClientLink(path: string, search: string): string | null {
  const names = namesIn(path);
  if (!names) return null;
  const [first, second, third, type, collection, version] = names;
  if (names.length === 6 && third === 'artifacts') {
    return pagePaths.collection(first!, second!, type!, collection!, numberOf(version));
  }
  if (names.length === 3 && third === 'workspace') return pagePaths.project(first!, second!);
  const isRegistryLink = (names.length === 3 && second === 'registry') || (names.length === 4 && first === 'orgs' && third === 'registry');
  return isRegistryLink ? pageOfSelection(new URLSearchParams(search)) : null;
}

/** `?selectionPath=<entity>/<project>/<collection>&version=v3` */
function pageOfSelection(search: URLSearchParams): string | null {
  const [entity, project, collection, ...rest] = search.get('selectionPath')?.split('/') ?? [];
  if (!entity || !project || !collection || rest.length > 0) return null;
  const version = numberOf(search.get('version') ?? undefined);
  return project.startsWith(REGISTRY_PROJECT_PREFIX)
    ? pagePaths.registryCollection(registryNameOf(project), collection, entity, version)
    : pagePaths.collection(entity, project, 'model', collection, version); // links outside registries it prints for models only
}

const numberOf = (version: string | undefined) =>
  version !== undefined && /^v\d{1,9}$/.test(version) ? Number(version.slice(1)) : undefined;

function namesIn(path: string): string[] | null {
  try {
    return path.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}
