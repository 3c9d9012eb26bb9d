import type { Resolvers } from '../resolver.ts';
import { artifactChangeResolvers } from './artifact-changes.ts';
import { artifactFileResolvers } from './artifact-files.ts';
import { artifactResolvers } from './artifacts.ts';
import { automationListResolvers } from './automation-lists.ts';
import { automationResolvers } from './automations.ts';
import { executionResolvers } from './executions.ts';
import { identityResolvers } from './identity.ts';
import { integrationResolvers } from './integrations.ts';
import { peopleResolvers } from './people.ts';
import { projectResolvers } from './projects.ts';
import { registryResolvers } from './registries.ts';
import { runFileResolvers } from './run-files.ts';
import { runLineResolvers } from './run-lines.ts';
import { runResolvers } from './runs.ts';
import { serverInfoResolvers } from './server-info.ts';

/** One row per area; a new area is a file here and one in schema/. */
export const resolvers: readonly Resolvers[] = [
  serverInfoResolvers,
  identityResolvers,
  peopleResolvers,
  projectResolvers,
  runResolvers,
  runLineResolvers,
  runFileResolvers,
  automationResolvers,
  automationListResolvers,
  integrationResolvers,
  executionResolvers,
  artifactResolvers,
  artifactFileResolvers,
  artifactChangeResolvers,
  registryResolvers,
];
