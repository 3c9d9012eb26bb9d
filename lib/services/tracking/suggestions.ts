import { SuggestionQuery } from '#lib/contracts/tracking.ts';
import { isJsonObject } from '#lib/domain/is-json-object.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import { invalidField } from '#lib/errors.ts';
import { listRegistryIds } from '#lib/store/registries.ts';
import { listNewestJson, listSuggestions, type SuggestionKind, type SuggestionScope } from '#lib/store/suggestions.ts';
import { requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import { instanceQuery } from '../instance-command.ts';
import { parseScopeText, resolveScope } from '../places/resolve-scope.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';

const FROM_JSON = { runTag: 'runTags', configKey: 'runConfig', metadataKey: 'metadata' } as const;

/** What a scope really holds, for completions. An organization's scope looks into its teams that I am in. */
export const suggest = instanceQuery({
  allow: 'signed_in',
  input: SuggestionQuery,
  run: async (ctx, { scope: text, kind, q, limit }) => {
    const scopes = await scopesOf(ctx, text);
    const found = new Set<string>();
    for (const scope of scopes) for (const value of await valuesOf(ctx, scope, kind, q, limit)) found.add(value);
    return {
      items: [...found]
        .sort()
        .slice(0, limit)
        .map((value) => ({ value })),
    };
  },
});

async function valuesOf(ctx: Context, scope: SuggestionScope, kind: string, q: string, limit: number): Promise<string[]> {
  if (!(kind in FROM_JSON)) return listSuggestions(ctx.db, scope, kind as SuggestionKind, q, limit);
  const from = FROM_JSON[kind as keyof typeof FROM_JSON];
  const rows = await listNewestJson(ctx.db, scope, from);
  const values = new Set(
    rows.flatMap((row) => (from === 'runTags' ? (JSON.parse(row) as string[]) : pathsOf(JSON.parse(row) as JsonObject))),
  );
  const wanted = q.toLowerCase();
  return [...values].filter((value) => value.toLowerCase().includes(wanted)).slice(0, limit);
}

/** Keys by dotted path, as filters and templates address them. */
function pathsOf(value: JsonObject, path = '', depth = 0): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = path ? `${path}.${key}` : key;
    return isJsonObject(inner) && depth < 4 ? pathsOf(inner, name, depth + 1) : [name];
  });
}

async function scopesOf(ctx: Context, text: string): Promise<SuggestionScope[]> {
  const document = parseScopeText(text);
  if (!document) throw invalidField(['scope'], 'Write a scope as kind:name, such as project:acme/vision or team:acme.');
  const { scope, guarded, entity } = await resolveScope(ctx, document);
  await requirePermission(ctx.db, ctx.actor, 'see', guarded);
  if ('collectionId' in scope) return [{ entityId: scope.entityId, projectIds: [scope.projectId], collectionId: scope.collectionId }];
  if ('projectId' in scope) return [{ entityId: scope.entityId, projectIds: [scope.projectId] }];
  if (scope.kind === 'team') return [{ entityId: scope.entityId }];
  const visible = await listVisiblePlaces(ctx);
  const hidden = new Set(visible.hiddenProjectIds);
  const registries = (await listRegistryIds(ctx.db, entity.id)).filter((id) => !hidden.has(id));
  const teams = [...visible.entities.values()].filter(
    (one) => one.entity.kind === 'team' && one.entity.organizationId === entity.organizationId,
  );
  return [{ entityId: entity.id, projectIds: registries }, ...teams.map((one) => ({ entityId: one.entity.id }))];
}
