import { REGISTRY_PROJECT_PREFIX } from './fixed-names.ts';
import { pagePaths, registryNameOf } from './page-paths.ts';

/**
 * The client prints addresses of the vendor's pages: of a version in a registry or in a project's collection of links, of a
 * project. Answers our page of the same thing; null for every other address, such as of a version where it was logged, which is ours.
 */
export function pageOfClientLink(path: string, search: string): string | null {
  const names = namesIn(path);
  if (!names) return null;
  const [first, second, third] = names;
  if (names.length === 3 && third === 'workspace') return pagePaths.project(first!, second!);
  const isRegistryLink = (names.length === 3 && second === 'registry') || (names.length === 4 && first === 'orgs' && third === 'registry');
  return isRegistryLink ? pageOfSelection(new URLSearchParams(search)) : null;
}

/** `?selectionPath=<entity>/<project>/<collection>&version=v3` */
function pageOfSelection(search: URLSearchParams): string | null {
  const [entity, project, collection, ...rest] = search.get('selectionPath')?.split('/') ?? [];
  if (!entity || !project || !collection || rest.length > 0) return null;
  const version = search.get('version') || null;
  if (project.startsWith(REGISTRY_PROJECT_PREFIX)) {
    const registry = registryNameOf(project);
    return version
      ? pagePaths.registryVersion(registry, collection, version, entity)
      : pagePaths.registryCollection(registry, collection, entity);
  }
  const type = 'model'; // links outside registries it prints for models only
  return version ? pagePaths.version(entity, project, type, collection, version) : pagePaths.collection(entity, project, type, collection);
}

function namesIn(path: string): string[] | null {
  try {
    return path.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}
