import { apiPages, segment } from './query.ts';
import { type Container, containerSearch, runPath, versionPath } from './tracking.ts';
import { viewsOf } from './views.ts';

const explain = viewsOf(() => import('#lib/contracts/explain.ts'));

/** Which automations saw it, which fired, which did not, and why. */
export const explainQueries = {
  run: (entity: string, project: string, run: string) =>
    apiPages(`${runPath(entity, project, run)}/explanation`, explain.view('ExplanationPage')),
  version: (at: Container, collection: string, type: string | undefined, version: string) =>
    apiPages(`${versionPath(at, collection, type, version)}/explanation`, explain.view('ExplanationPage'), containerSearch(at)),
  event: (id: string) => apiPages(`/events/${segment(id)}/explanation`, explain.view('EventExplanationPage')),
};
