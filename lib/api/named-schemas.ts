import { z } from 'zod';
import * as automations from '#lib/contracts/automations.ts';
import * as explain from '#lib/contracts/explain.ts';
import * as home from '#lib/contracts/home.ts';
import * as instance from '#lib/contracts/instance.ts';
import * as integrations from '#lib/contracts/integrations.ts';
import * as lineage from '#lib/contracts/lineage.ts';
import * as organizations from '#lib/contracts/organizations.ts';
import * as runRecords from '#lib/contracts/run-records.ts';
import * as session from '#lib/contracts/session.ts';
import * as tracking from '#lib/contracts/tracking.ts';
import * as view from '#lib/contracts/view.ts';
import * as automation from '#lib/domain/automation.ts';
import * as event from '#lib/domain/event-document.ts';
import * as filter from '#lib/domain/filter.ts';
import { Json } from '#lib/domain/json.ts';

const modules = [
  automations,
  explain,
  home,
  instance,
  integrations,
  lineage,
  organizations,
  runRecords,
  session,
  tracking,
  view,
  automation,
  event,
  filter,
  { Json },
];

/** Shapes by the names under which our own code exports them; so the reference says each of them once, under that name. */
export const namedSchemas = z.registry<{ id: string }>();
for (const module of modules) {
  for (const [id, value] of Object.entries(module)) {
    if (value instanceof z.ZodType && !namedSchemas.has(value)) namedSchemas.add(value, { id });
  }
}
