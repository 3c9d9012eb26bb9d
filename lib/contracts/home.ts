import { z } from 'zod';
import { ExecutionRow } from './automations.ts';
import { ProjectView, RegistryView } from './tracking.ts';
import { Moment } from './view.ts';

/** `GET /api/v1/home`. */
export const HomeView = z.object({
  /** What needs attention first: failing automations, paused or disabled webhooks, silent runs. */
  attention: z.array(
    z.object({
      id: z.string(),
      severity: z.enum(['danger', 'warning', 'info']),
      title: z.string(),
      text: z.string(),
      href: z.string(),
      at: Moment,
      /** A notice that an admin may put away once seen. */
      dismissible: z.boolean(),
    }),
  ),
  projects: z.array(ProjectView),
  registries: z.array(RegistryView),
  executions: z.array(ExecutionRow),
  /** For the first-run checklist. */
  firstSteps: z.object({
    team: z.string().nullable(),
    secret: z.boolean(),
    webhook: z.boolean(),
    event: z.boolean(),
    automation: z.boolean(),
    execution: z.boolean(),
  }),
  week: z.object({ fired: z.number(), delivered: z.number(), failed: z.number(), automations: z.number() }),
});
export type HomeView = z.infer<typeof HomeView>;

/** `GET /api/v1/search?q=`: the command palette. */
export const SearchResult = z.object({
  items: z.array(
    z.object({
      kind: z.enum(['project', 'registry', 'automation', 'execution', 'run', 'collection', 'webhook', 'team']),
      title: z.string(),
      detail: z.string(),
      href: z.string(),
    }),
  ),
});
export type SearchResult = z.infer<typeof SearchResult>;
