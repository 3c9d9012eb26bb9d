import { z } from 'zod';
import type { SearchResult } from '#lib/contracts/home.ts';
import { automationIdText } from '#lib/domain/ids.ts';
import { pagePaths, registryNameOf } from '#lib/domain/page-paths.ts';
import { findByText } from '#lib/store/search.ts';
import { instanceQuery } from '../instance-command.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';

type Item = z.output<typeof SearchResult>['items'][number];

const EACH = 6;

/** Go to anything I may see, by a part of its name; executions by their id. */
export const search = instanceQuery({
  allow: 'signed_in',
  input: z.object({ q: z.string().max(256).default('') }),
  run: async (ctx, { q }): Promise<{ items: Item[] }> => {
    const text = q.trim();
    if (text === '') return { items: [] };
    const visible = await listVisiblePlaces(ctx);
    const entityOf = (id: number) => visible.entities.get(id)?.entity.name ?? '';
    const found = await findByText(ctx.db, visible, text, EACH);
    const items: Item[] = [];
    for (const { id, entityId, name, project, kind } of found.automations) {
      const place = kind === 'registry' ? registryNameOf(project!) : `${entityOf(entityId)}${project === null ? '' : `/${project}`}`;
      items.push({ kind: 'automation', title: name, detail: place, href: pagePaths.automation(automationIdText(id)) });
    }
    for (const { entityId, name, kind } of found.projects) {
      items.push(
        kind === 'registry'
          ? {
              kind,
              title: registryNameOf(name),
              detail: entityOf(entityId),
              href: pagePaths.registry(registryNameOf(name), entityOf(entityId)),
            }
          : { kind, title: name, detail: entityOf(entityId), href: pagePaths.project(entityOf(entityId), name) },
      );
    }
    for (const { entityId, project, isRegistry, name, type } of found.collections) {
      items.push({
        kind: 'collection',
        title: name,
        detail: isRegistry ? registryNameOf(project) : `${entityOf(entityId)}/${project}`,
        href: isRegistry
          ? pagePaths.registryCollection(registryNameOf(project), name, entityOf(entityId))
          : pagePaths.collection(entityOf(entityId), project, type, name),
      });
    }
    for (const { entityId, project, runId, name } of found.runs) {
      items.push({
        kind: 'run',
        title: name,
        detail: `${entityOf(entityId)}/${project}`,
        href: pagePaths.run(entityOf(entityId), project, runId),
      });
    }
    for (const { id, automation } of found.executions)
      items.push({ kind: 'execution', title: id, detail: automation, href: pagePaths.execution(id) });
    for (const { entity } of visible.entities.values()) {
      if (entity.kind === 'team' && entity.name.toLowerCase().includes(text.toLowerCase())) {
        items.push({ kind: 'team', title: entity.name, detail: 'Team settings', href: pagePaths.teamSettings(entity.name) });
      }
    }
    return { items };
  },
});
