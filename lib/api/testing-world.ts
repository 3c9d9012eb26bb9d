import type { Entity, User } from '#lib/domain/entity.ts';
import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import type { Actor, Role } from '#lib/domain/permissions.ts';
import { newId } from '#lib/runtime/ids.ts';
import type { Platform } from '#lib/services/context.ts';
import { targetUrlLabel } from '#lib/services/delivery/sealed-labels.ts';
import { handSetClock, testPlatform } from '#lib/services/testing.ts';
import type { Store } from '#lib/store/connect.ts';
import { insertEntity, insertOrganization } from '#lib/store/entities.ts';
import { putMember } from '#lib/store/memberships.ts';
import { nextNumber } from '#lib/store/numbers.ts';
import { insertProject } from '#lib/store/projects.ts';
import { insertUser } from '#lib/store/users.ts';
import { createDispatch } from './dispatch.ts';
import type { Route } from './route.ts';

export const PUBLIC_URL = 'https://hookline.acme.example';
const START = Date.UTC(2026, 10, 21, 4);

/** A small world over an empty store: organization acme-org with teams acme and rival, a registry, and people in every role. */
export async function makeWorld(store: Store, routes: readonly Route[], parts: Partial<Platform> = {}) {
  const clock = handSetClock(START);
  const platform = testPlatform(store, clock, { newId, publicUrl: PUBLIC_URL, ...parts });
  const at = clock.now();
  const { db } = store;
  const entity = (kind: Entity['kind'], name: string, organizationId: number | null) =>
    insertEntity(db, { kind, name, organizationId, createdAt: at });
  const organization = await insertOrganization(db, 'Acme', at);
  const acmeOrg = await entity('organization', 'acme-org', organization.id);
  const acme = await entity('team', 'acme', organization.id);
  const elsewhere = await insertOrganization(db, 'Rival', at);
  const rivalOrg = await entity('organization', 'rival-org', elsewhere.id);
  const rival = await entity('team', 'rival', elsewhere.id);

  const users = new Map<string, User>();
  async function person(username: string, memberships: [Entity, Role][]): Promise<void> {
    const space = await entity('user', username, null);
    const user = await insertUser(db, {
      entityId: space.id,
      username,
      email: null,
      instanceAdmin: false,
      serviceEntityId: null,
      createdAt: at,
    });
    users.set(username, user);
    for (const [where, role] of [[space, 'admin'] as [Entity, Role], ...memberships]) await putMember(db, where.id, user.id, role, at);
  }
  await person('ana', [
    [acme, 'admin'],
    [acmeOrg, 'admin'],
  ]);
  await person('jonas', [
    [acme, 'member'],
    [acmeOrg, 'member'],
  ]);
  await person('vera', [
    [acme, 'viewer'],
    [acmeOrg, 'viewer'],
  ]);
  // In the organization, not in the team: may write automations there, but use none of the team's integrations.
  await person('olga', [[acmeOrg, 'member']]);
  await person('mallory', [
    [rival, 'admin'],
    [rivalOrg, 'admin'],
  ]);

  const project = (owner: Entity, name: string, kind: 'project' | 'registry' = 'project') =>
    insertProject(
      db,
      {
        entityId: owner.id,
        kind,
        name: kind === 'registry' ? REGISTRY_PROJECT_PREFIX + name : name,
        description: '',
        visibility: 'organization',
        artifactTypes: null,
        createdById: null,
      },
      at,
    );
  const vision = await project(acme, 'vision');
  const secretPlans = await project(rival, 'plans');
  const model = await project(acmeOrg, 'model', 'registry');

  const dispatch = createDispatch({
    routes,
    authenticate: async ({ authorization }) => actorFor(users, authorization),
    contextFor: (actor, { requestId, address }) => ({ ...platform, actor, requestId, address, directLoopback: false }),
    publicOrigin: PUBLIC_URL,
    logError: (error) => {
      throw error;
    },
  });

  /** One request as one of the people; null is nobody. */
  async function call(who: string | null, method: string, address: string, body?: unknown, headers: Record<string, string> = {}) {
    const [path, search = ''] = address.split('?');
    const bytes = body === undefined ? new Uint8Array() : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
    const response = await dispatch({
      method,
      path: `/api/v1${path}`,
      search,
      headers: who === null ? headers : { ...headers, authorization: `Bearer ${who}` },
      readBody: async () => bytes,
      requestId: 'req_test',
      directLoopback: false,
      address: '203.0.113.7',
      signal: new AbortController().signal,
    });
    const text = typeof response.body === 'string' ? response.body : null;
    return {
      status: response.status,
      text,
      location: response.headers.location as string | undefined,
      stream: typeof response.body === 'string' ? null : response.body,
      body: text ? JSON.parse(text) : null,
    };
  }

  /** A webhook of a team, as Team settings would make it. */
  async function webhook(owner: Entity, name: string, fields: { payloadSecrets?: string[]; url?: string } = {}): Promise<number> {
    const id = await nextNumber(db, 'target');
    const url = fields.url ?? `https://${name}.acme.example/hooks/s3cret-path`;
    await db
      .insertInto('targets')
      .values({
        entity_id: owner.id,
        id,
        kind: 'webhook',
        name,
        url: await platform.vault.seal(db, owner.id, targetUrlLabel(id), url),
        url_shown: `https://${name}.acme.example/…`,
        access_token_secret: null,
        signing_secret: null,
        signature_encoding: 'base64',
        payload_secrets: JSON.stringify(fields.payloadSecrets ?? []),
        channel: null,
        bot_token_secret: null,
        receives_run_alerts: 0,
        template: null,
        enabled: 1,
        disabled_reason: null,
        max_concurrent: 8,
        max_per_minute: null,
        notices_to: null,
        paused_until: null,
        probe_delay_ms: null,
        first_failure_at: null,
        warned: 0,
        warned_at: null,
        created_by_id: users.get('ana')!.id,
        created_at: at,
        updated_at: at,
        deleted_at: null,
      })
      .execute();
    return id;
  }

  return {
    platform,
    call,
    webhook,
    users,
    entities: { acme, acmeOrg, rival, rivalOrg },
    projects: { vision, model, secretPlans },
    advance: clock.advance,
  };
}
export type World = Awaited<ReturnType<typeof makeWorld>>;

function actorFor(users: ReadonlyMap<string, User>, authorization: string | undefined): Actor {
  const user = users.get(authorization?.replace('Bearer ', '') ?? '');
  if (!user) return { kind: 'anonymous' };
  return { kind: 'user', userId: user.id, username: user.username, instanceAdmin: user.instanceAdmin, sessionId: 'session' };
}
