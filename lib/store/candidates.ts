import { type SqlBool, sql } from 'kysely';
import type { Automation } from '#lib/domain/automation.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { type Place, scopeKeysOfPlace } from '#lib/domain/scope.ts';
import { toAutomation } from './automations.ts';
import type { Db } from './connect.ts';
import { prepared } from './prepared.ts';
import { isOneOf } from './record-set.ts';

export type Candidate = { automation: Automation; armedAt: number };

const KEPT = 20_000;
/** Parsed automations by number, each for one version of its row; a changed row has another version. One for each store. */
export type CandidateCache = Map<number, { version: number; candidate: Candidate }>;

type Question = { entityId: number; scopeKeys: readonly string[]; on: readonly AutomationEvent[] };

const selectWatching = (db: Db, given: Question) =>
  db
    .selectFrom('automations')
    .select(['entity_id', 'id', 'version'])
    .where('entity_id', '=', given.entityId)
    .where('scope_key', 'in', given.scopeKeys)
    .where('on_type', 'in', given.on)
    .where(sql<SqlBool>`enabled = 1`); // not a parameter: only so do the planners see that the partial index serves
const watching = prepared(selectWatching);
const watchingMetrics = prepared((db, given: Question & { metrics: readonly string[] }) =>
  selectWatching(db, given).where('metric_name', 'in', given.metrics),
);

const watchingAnyOf = prepared((db, given: Question & { list: string }) =>
  selectWatching(db, given).where(({ ref }) => isOneOf(db, ref('metric_name'), given.list)),
);

/** More names are one parameter: a statement has an end to how many it takes. */
const MOST_PARAMETERS = 1000;

function watchingSome(db: Db, question: Question, metrics: readonly string[]) {
  if (metrics.length > MOST_PARAMETERS) return watchingAnyOf(db, { ...question, list: JSON.stringify(metrics) });
  return watchingMetrics(db, { ...question, metrics });
}

/**
 * The enabled automations that watch the place for one of these events; of metric rules only those about one of `metrics`.
 * Index look-ups alone: what it costs does not depend on the automations elsewhere.
 */
export async function findCandidates(
  db: Db,
  parsed: CandidateCache,
  place: Place,
  on: readonly AutomationEvent[],
  metrics?: readonly string[],
): Promise<Candidate[]> {
  const keys = scopeKeysOfPlace(place);
  const found: { entity_id: number; id: number; version: number }[] = [];
  for (const [entityId, own] of Map.groupBy(keys, (key) => key.entityId)) {
    const question = { entityId, scopeKeys: own.map(({ key }) => key), on };
    const { rows } = await (metrics ? watchingSome(db, question, metrics) : watching(db, question));
    found.push(...rows);
  }
  if (found.length === 0) return [];
  await parseMissing(db, parsed, found);
  return found.sort((a, b) => a.id - b.id).map((row) => parsed.get(row.id)!.candidate);
}

async function parseMissing(db: Db, parsed: CandidateCache, found: { entity_id: number; id: number; version: number }[]): Promise<void> {
  let missing = found.filter((row) => parsed.get(row.id)?.version !== row.version);
  if (missing.length === 0) return;
  if (parsed.size > KEPT) {
    parsed.clear();
    missing = found;
  }
  for (const [entityId, own] of Map.groupBy(missing, (row) => row.entity_id)) {
    const rows = await db
      .selectFrom('automations')
      .selectAll()
      .where('entity_id', '=', entityId)
      .where(
        'id',
        'in',
        own.map((row) => row.id),
      )
      .execute();
    for (const row of rows)
      parsed.set(row.id, { version: row.version, candidate: { automation: toAutomation(row), armedAt: row.armed_at } });
  }
}
