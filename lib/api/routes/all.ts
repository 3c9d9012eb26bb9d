import type { Route } from '../route.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { automationRoutes } from './automations.ts';
import { inviteRoutes } from './invites.ts';
import { meRoutes } from './me.ts';
import { memberRoutes } from './members.ts';
import { organizationRoutes } from './organizations.ts';
import { sendEventRoutes } from './send-events.ts';
import { sessionRoutes } from './session.ts';
import { userRoutes } from './users.ts';

/** Every route of the REST API, one file per resource. */
export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...meRoutes,
  ...inviteRoutes,
  ...userRoutes,
  ...apiKeyRoutes,
  ...organizationRoutes,
  ...memberRoutes,
  ...automationRoutes,
  ...sendEventRoutes,
];
