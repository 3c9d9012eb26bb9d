import { http } from './http.ts';
import { viewsOf } from './views.ts';

const home = viewsOf(() => import('#lib/contracts/home.ts'));

/** What the visitor may see whose name or id has these words. */
export const searchEverywhere = (q: string, signal: AbortSignal) =>
  http.get('/search', home.view('SearchResult'), { search: { q }, signal });
