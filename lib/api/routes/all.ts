import type { Route } from '../route.ts';
import { automationRoutes } from './automations.ts';
import { meRoutes } from './me.ts';
import { sessionRoutes } from './session.ts';

/** Every route of the REST API, one file per resource. */
export const routes: readonly Route[] = [...sessionRoutes, ...meRoutes, ...automationRoutes];
