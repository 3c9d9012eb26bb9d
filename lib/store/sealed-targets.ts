import type { Selectable } from 'kysely';
import type { Db } from './connect.ts';
import { sealedKeysOf } from './key-pairs.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

/** An integration with its sealed address, for those who send; what is sealed is opened by lib/secrets alone. */
export type SealedTarget = {
  entityId: number;
  id: number;
  kind: 'webhook' | 'slack';
  name: string;
  sealedUrl: string | null;
  shownUrl: string | null;
  accessTokenSecret: string | null;
  signingSecret: string | null;
  signatureEncoding: 'base64' | 'hex';
  payloadSecrets: string[];
  channel: string | null;
  botTokenSecret: string | null;
  template: string | null;
  enabled: boolean;
  /** For v1a signatures: every live key. */
  sealedKeys: string[];
  /** Whether it belongs to a personal space, which reaches public addresses only. */
  personal: boolean;
};

const targetWithOwner = prepared((db, given: { entityId: number; id: number }) =>
  db
    .selectFrom('targets')
    .innerJoin('entities', 'entities.id', 'targets.entity_id')
    .selectAll('targets')
    .select('entities.kind as entity_kind')
    .where('targets.entity_id', '=', given.entityId)
    .where('targets.id', '=', given.id)
    .where('targets.deleted_at', 'is', null),
);

/** Null when it was deleted. */
export async function findSealedTarget(db: Db, entityId: number, id: number, nowMs: number): Promise<SealedTarget | null> {
  const [row] = (await targetWithOwner(db, { entityId, id })).rows;
  if (!row) return null;
  return {
    entityId,
    id,
    kind: row.kind,
    name: row.name,
    sealedUrl: row.url,
    shownUrl: row.url_shown,
    accessTokenSecret: row.access_token_secret,
    signingSecret: row.signing_secret,
    signatureEncoding: row.signature_encoding,
    payloadSecrets: JSON.parse(row.payload_secrets) as string[],
    channel: row.channel,
    botTokenSecret: row.bot_token_secret,
    template: row.template,
    enabled: row.enabled === 1,
    sealedKeys: sealedKeysOf(row, nowMs),
    personal: row.entity_kind === 'user',
  };
}

export type SealedSecret = { id: number; name: string; value: string; oldValue: string | null; overlapEndsAt: number | null };

const secretsNamed = prepared((db, given: { entityId: number; names: readonly string[] }) =>
  db
    .selectFrom('secrets')
    .select(['id', 'name', 'value', 'old_value', 'overlap_ends_at'])
    .where('entity_id', '=', given.entityId)
    .where('name', 'in', given.names),
);

/** By name; one that there is none of is missing. */
export async function findSealedSecrets(db: Db, entityId: number, names: readonly string[]): Promise<Map<string, SealedSecret>> {
  if (names.length === 0) return new Map();
  const { rows } = await secretsNamed(db, { entityId, names: [...new Set(names)] });
  return new Map(rows.map((row) => [row.name, toSealedSecret(row)]));
}

/** All that the entity has, for who masks them. */
export async function findAllSealedSecrets(db: Db, entityId: number): Promise<SealedSecret[]> {
  const rows = await db
    .selectFrom('secrets')
    .select(['id', 'name', 'value', 'old_value', 'overlap_ends_at'])
    .where('entity_id', '=', entityId)
    .orderBy('id')
    .execute();
  return rows.map(toSealedSecret);
}

const toSealedSecret = (
  row: Pick<Selectable<Database['secrets']>, 'id' | 'name' | 'value' | 'old_value' | 'overlap_ends_at'>,
): SealedSecret => ({
  id: row.id,
  name: row.name,
  value: row.value,
  oldValue: row.old_value,
  overlapEndsAt: row.overlap_ends_at,
});

export async function markSecretsUsed(db: Db, entityId: number, names: readonly string[], at: number): Promise<void> {
  await db
    .updateTable('secrets')
    .set({ last_used_at: at })
    .where('entity_id', '=', entityId)
    .where('name', 'in', [...names])
    .execute();
}
