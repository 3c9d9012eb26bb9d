import type { Route } from '../route.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { auditRoutes } from './audit.ts';
import { automationRoutes } from './automations.ts';
import { collectionRoutes } from './collections.ts';
import { deadLetterRoutes } from './dead-letters.ts';
import { eventRoutes } from './events.ts';
import { executionRoutes } from './executions.ts';
import { explanationRoutes } from './explanations.ts';
import { homeRoutes } from './home.ts';
import { instanceRoutes } from './instance.ts';
import { inviteRoutes } from './invites.ts';
import { meRoutes } from './me.ts';
import { memberRoutes } from './members.ts';
import { organizationRoutes } from './organizations.ts';
import { projectRoutes } from './projects.ts';
import { registryRoutes } from './registries.ts';
import { runRecordRoutes } from './run-records.ts';
import { secretRoutes } from './secrets.ts';
import { sessionRoutes } from './session.ts';
import { slackChannelRoutes } from './slack-channels.ts';
import { userRoutes } from './users.ts';
import { versionRoutes } from './versions.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every route of the REST API, one file per resource. */
export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...meRoutes,
  ...inviteRoutes,
  ...userRoutes,
  ...apiKeyRoutes,
  ...organizationRoutes,
  ...memberRoutes,
  ...secretRoutes,
  ...webhookRoutes,
  ...slackChannelRoutes,
  ...auditRoutes,
  ...instanceRoutes,
  ...automationRoutes,
  ...projectRoutes,
  ...runRecordRoutes,
  ...registryRoutes,
  ...collectionRoutes,
  ...versionRoutes,
  ...homeRoutes,
  ...eventRoutes,
  ...explanationRoutes,
  ...executionRoutes,
  ...deadLetterRoutes,
];
