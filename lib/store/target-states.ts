import type { TargetRef } from '#lib/domain/automation.ts';
import type { Db } from './connect.ts';

/** An integration as lists show it; nothing secret. */
export type TargetState = {
  entityId: number;
  id: number;
  kind: 'webhook' | 'slack';
  name: string;
  state: 'ok' | 'disabled' | 'paused' | 'gone';
  disabledReason: string | null;
  /** Scheme, host and "/…"; a Slack channel's own name. */
  shown: string | null;
  /** A Slack bot's channel. */
  channel: string | null;
  accessTokenSecret: string | null;
  payloadSecrets: string[];
};

const selectTargets = (db: Db) =>
  db
    .selectFrom('targets')
    .select([
      'entity_id',
      'id',
      'kind',
      'name',
      'enabled',
      'disabled_reason',
      'deleted_at',
      'url_shown',
      'channel',
      'access_token_secret',
      'payload_secrets',
      'paused_until',
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof selectTargets>['execute']>>[number];

function toTargetState(row: Row): TargetState {
  return {
    entityId: row.entity_id,
    id: row.id,
    kind: row.kind,
    name: row.name,
    state: stateOf(row),
    disabledReason: row.disabled_reason,
    shown: row.url_shown ?? row.channel,
    channel: row.channel,
    accessTokenSecret: row.access_token_secret,
    payloadSecrets: JSON.parse(row.payload_secrets),
  };
}

function stateOf(row: Row): TargetState['state'] {
  if (row.deleted_at !== null) return 'gone';
  if (row.enabled === 0) return 'disabled';
  return row.paused_until === null ? 'ok' : 'paused';
}

/** By number; deleted ones too, for their names. */
export async function listTargetStates(db: Db, refs: readonly TargetRef[]): Promise<Map<number, TargetState>> {
  if (refs.length === 0) return new Map();
  const rows = await selectTargets(db)
    .where('entity_id', 'in', [...new Set(refs.map(({ entityId }) => entityId))])
    .where('id', 'in', [...new Set(refs.map(({ targetId }) => targetId))])
    .execute();
  return new Map(rows.map((row) => [row.id, toTargetState(row)]));
}

export async function findTargetNamed(db: Db, entityId: number, kind: TargetState['kind'], name: string): Promise<TargetState | null> {
  const row = await selectTargets(db)
    .where('entity_id', '=', entityId)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row ? toTargetState(row) : null;
}

/** By its number alone, for the client's ids, which do not name the entity. */
export async function findTargetByNumber(db: Db, id: number): Promise<TargetState | null> {
  const row = await selectTargets(db).where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst();
  return row ? toTargetState(row) : null;
}

/** In the order in which they were made. */
export async function listTargetsByAge(
  db: Db,
  entityId: number,
  page: { limit: number; afterId?: number | undefined },
): Promise<TargetState[]> {
  let query = selectTargets(db).where('entity_id', '=', entityId).where('deleted_at', 'is', null);
  if (page.afterId !== undefined) query = query.where('id', '>', page.afterId);
  return (await query.orderBy('id').limit(page.limit).execute()).map(toTargetState);
}

/** Targets of these entities through which nothing goes out; for "automations with a problem". */
export async function listBrokenTargetIds(db: Db, targetIds: readonly number[]): Promise<number[]> {
  if (targetIds.length === 0) return [];
  const rows = await db
    .selectFrom('targets')
    .select('id')
    .where('id', 'in', [...targetIds])
    .where((eb) => eb.or([eb('deleted_at', 'is not', null), eb('enabled', '=', 0)]))
    .execute();
  return rows.map(({ id }) => id);
}
