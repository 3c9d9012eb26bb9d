import { apiPages, apiQuery } from './query.ts';
import { type Container, containerSearch, runPath, versionPath } from './tracking.ts';
import { viewsOf } from './views.ts';

const lineage = viewsOf(() => import('#lib/contracts/lineage.ts'));
const tracking = viewsOf(() => import('#lib/contracts/tracking.ts'));

/** A version's address; `version` is `v3` or an alias. `type` is of a project's collections only. */
export type VersionAt = { at: Container; type?: string; collection: string; version: string };

const pathOf = ({ at, type, collection, version }: VersionAt) => versionPath(at, collection, type, version);

export const versionQueries = {
  one: (version: VersionAt) => apiQuery(pathOf(version), tracking.view('VersionDetail'), containerSearch(version.at)),
  files: (version: VersionAt) =>
    apiPages(`${pathOf(version)}/files`, lineage.view('VersionFilePage'), { ...containerSearch(version.at), limit: 200 }),
  lineage: (version: VersionAt) => apiQuery(`${pathOf(version)}/lineage`, lineage.view('LineageView'), containerSearch(version.at)),
};

/** What a run made or used. */
export const runArtifacts = (entity: string, project: string, run: string, role: 'made' | 'used') =>
  apiPages(`${runPath(entity, project, run)}/artifacts`, lineage.view('RunArtifactPage'), { role });

/** The address that a browser saves a version's file from. */
export const versionDownload = (version: VersionAt, path: string) => {
  const { organization } = containerSearch(version.at);
  return `/api/v1${pathOf(version)}/download?${new URLSearchParams({ path, ...(organization && { organization: String(organization) }) })}`;
};
