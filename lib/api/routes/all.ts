import type { Route } from '../route.ts';

/** Every route of the REST API, one file per resource. */
export const routes: readonly Route[] = [];
