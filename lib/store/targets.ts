import { secretsOf, type Target } from '#lib/domain/target.ts';
import { conflict } from '#lib/errors.ts';
import { type Db, isUniqueViolation } from './connect.ts';
import { toKeyPair } from './key-pairs.ts';
import type { Flag } from './schema/flag.ts';
import type { Database } from './schema.ts';

type Row = Database['targets'];
type ShownRow = Omit<Row, 'url' | 'signing_key' | 'old_signing_key'>;

const SHOWN = [
  'entity_id',
  'id',
  'kind',
  'name',
  'url_shown',
  'access_token_secret',
  'signing_secret',
  'signature_encoding',
  'payload_secrets',
  'channel',
  'bot_token_secret',
  'receives_run_alerts',
  'template',
  'enabled',
  'disabled_reason',
  'max_concurrent',
  'max_per_minute',
  'notices_to',
  'paused_until',
  'probe_delay_ms',
  'first_failure_at',
  'warned',
  'warned_at',
  'public_key',
  'key_made_at',
  'old_public_key',
  'old_key_ends_at',
  'created_by_id',
  'created_at',
  'updated_at',
  'deleted_at',
] as const satisfies readonly (keyof Row)[];

const toTarget = (row: ShownRow): Target => ({
  entityId: row.entity_id,
  id: row.id,
  kind: row.kind,
  name: row.name,
  urlShown: row.url_shown,
  accessTokenSecret: row.access_token_secret,
  signingSecret: row.signing_secret,
  signatureEncoding: row.signature_encoding,
  payloadSecrets: JSON.parse(row.payload_secrets) as string[],
  channel: row.channel,
  botTokenSecret: row.bot_token_secret,
  receivesRunAlerts: row.receives_run_alerts === 1,
  template: row.template,
  enabled: row.enabled === 1,
  disabledReason: row.disabled_reason,
  maxConcurrent: row.max_concurrent,
  maxPerMinute: row.max_per_minute,
  noticesTo: row.notices_to,
  pausedUntil: row.paused_until,
  probeDelayMs: row.probe_delay_ms,
  firstFailureAt: row.first_failure_at,
  warned: row.warned,
  warnedAt: row.warned_at,
  keyPair: toKeyPair(row),
  createdById: row.created_by_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** No failure is known of it. */
const FRESH = { paused_until: null, probe_delay_ms: null, first_failure_at: null, warned: 0, warned_at: null };

const flag = (value: boolean): Flag => (value ? 1 : 0);

const toColumns = (target: Target) => ({
  name: target.name,
  url_shown: target.urlShown,
  access_token_secret: target.accessTokenSecret,
  signing_secret: target.signingSecret,
  signature_encoding: target.signatureEncoding,
  payload_secrets: JSON.stringify(target.payloadSecrets),
  channel: target.channel,
  bot_token_secret: target.botTokenSecret,
  receives_run_alerts: flag(target.receivesRunAlerts),
  template: target.template,
  enabled: flag(target.enabled),
  disabled_reason: target.disabledReason,
  max_concurrent: target.maxConcurrent,
  max_per_minute: target.maxPerMinute,
  notices_to: target.noticesTo,
  updated_at: target.updatedAt,
});

/** Throws `conflict` where the entity has one of this kind and name. */
export async function insertTarget(db: Db, target: Target, sealedUrl: string | null): Promise<void> {
  await db
    .insertInto('targets')
    .values({
      entity_id: target.entityId,
      id: target.id,
      kind: target.kind,
      ...toColumns(target),
      url: sealedUrl,
      ...FRESH,
      created_by_id: target.createdById,
      created_at: target.createdAt,
      deleted_at: null,
    })
    .execute()
    .catch((error) => refuseName(error, target));
}

/** With `fresh` its failures are forgotten: it was enabled or points elsewhere now. Without `sealedUrl` the address stays. */
export async function updateTarget(db: Db, target: Target, change: { sealedUrl?: string | null; fresh: boolean }): Promise<void> {
  await db
    .updateTable('targets')
    .set({
      ...toColumns(target),
      ...(change.sealedUrl !== undefined && { url: change.sealedUrl }),
      ...(change.fresh && FRESH),
    })
    .where('entity_id', '=', target.entityId)
    .where('id', '=', target.id)
    .execute()
    .catch((error) => refuseName(error, target));
}

function refuseName(error: unknown, { kind, name }: Target): never {
  const what = kind === 'webhook' ? 'webhook' : 'Slack channel';
  throw isUniqueViolation(error)
    ? conflict(`There is a ${what} "${name}" already. Choose another name.`, [{ path: ['name'], message: 'This name is taken.' }])
    : error;
}

export async function findTarget(db: Db, entityId: number, id: number): Promise<Target | null> {
  const row = await db
    .selectFrom('targets')
    .select(SHOWN)
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row ? toTarget(row) : null;
}

/** By name; webhooks and channels have names of their own. */
export async function listTargets(db: Db, entityId: number, kind?: Target['kind']): Promise<Target[]> {
  const rows = await db
    .selectFrom('targets')
    .select(SHOWN)
    .where('entity_id', '=', entityId)
    .where('deleted_at', 'is', null)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
    .orderBy('name')
    .execute();
  return rows.map(toTarget);
}

/** Integrations that use a secret of their entity. */
export async function listTargetsUsingSecret(db: Db, entityId: number, name: string): Promise<Target[]> {
  return (await listTargets(db, entityId)).filter((target) => secretsOf(target).includes(name));
}

/** The encrypted address, for those who open it; null for a bot or when it is gone. */
export async function findSealedUrl(db: Db, entityId: number, id: number): Promise<string | null> {
  const row = await db.selectFrom('targets').select('url').where('entity_id', '=', entityId).where('id', '=', id).executeTakeFirst();
  return row?.url ?? null;
}

/** Keeps the row for its name in history; what is secret in it goes. */
export async function markTargetDeleted(db: Db, entityId: number, id: number, at: number): Promise<void> {
  await db
    .updateTable('targets')
    .set({
      deleted_at: at,
      updated_at: at,
      url: null,
      signing_key: null,
      old_signing_key: null,
      enabled: 0,
      disabled_reason: 'It was deleted.',
    })
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .execute();
}
