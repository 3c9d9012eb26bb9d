import type { Action, Automation } from '#lib/domain/automation.ts';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import { parseEvents } from '#lib/domain/event-document.ts';
import type { Execution } from '#lib/domain/execution.ts';
import { idTime } from '#lib/domain/ids.ts';
import type { Scope } from '#lib/domain/scope.ts';
import { insertAutomation, type NewAutomation } from '#lib/store/automations.ts';
import type { Store } from '#lib/store/connect.ts';
import { nextNumber } from '#lib/store/numbers.ts';
import { insertProject } from '#lib/store/projects.ts';
import type { TargetNews } from './breakers.ts';
import { Engine } from './engine.ts';
import type { Sender } from './ingest.ts';

export const START = Date.UTC(2026, 10, 21, 2);

export const ANA: Sender = { username: 'ana', userId: null, requireWrite: async () => {} };

/** A clock that only the test moves. */
export class TestClock {
  nowMs = START;
  readonly now = () => this.nowMs;
  advance(ms: number): void {
    this.nowMs += ms;
  }
}

const REQUEST = { method: 'POST' as const, url: 'https://hooks.example/x', headers: [], body: '{}' };
const TIMINGS = { totalMs: 3 };
export const delivered: DeliveryOutcome = {
  kind: 'delivered',
  request: REQUEST,
  response: { status: 200, headers: [], body: 'ok', bodyBytes: 2, cut: false },
  timings: TIMINGS,
};
export const unavailable: DeliveryOutcome = {
  kind: 'try_again',
  request: REQUEST,
  response: { status: 503, headers: [], body: '', bodyBytes: 0, cut: false },
  error: { code: 'http_status', message: 'The receiver answered 503.' },
  timings: TIMINGS,
};

/** Ids that sort by making, as the runtime's do; each world has a letter of its own. */
export function testIds(letter = 'a') {
  let made = 0;
  return (prefix: string, nowMs: number) => `${idTime(prefix, nowMs)}${String(++made).padStart(6, '0')}${letter}`;
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** An organization with its team, a webhook of the team, and an engine whose receiver the test scripts. */
export async function makeWorld(
  store: Store,
  options: {
    clock?: TestClock;
    maxConcurrent?: number;
    maxPerMinute?: number;
    answer?: (execution: Execution) => Promise<DeliveryOutcome>;
  } = {},
) {
  const { db } = store;
  const clock = options.clock ?? new TestClock();
  const organizationId = await nextNumber(db, 'organization');
  await db.insertInto('organizations').values({ id: organizationId, display_name: 'Acme', created_at: START }).execute();
  const insertEntity = async (kind: 'team' | 'organization', name: string) => {
    const id = await nextNumber(db, 'entity');
    const unique = `${name}-${id}`;
    await db
      .insertInto('entities')
      .values({ id, kind, name: unique, name_folded: unique, organization_id: organizationId, created_at: START })
      .execute();
    return { id, name: unique };
  };
  const team = await insertEntity('team', 'acme');
  const organization = await insertEntity('organization', 'acme-org');
  const sent: Execution[] = [];
  const faults: unknown[] = [];
  const news: TargetNews[] = [];
  const newEngine = (workerId = 'worker-1', answer = options.answer ?? (async () => delivered), own = store) =>
    new Engine({
      store: own,
      now: clock.now,
      newId: testIds(workerId.at(-1)),
      random: () => 0.5,
      publicUrl: 'http://localhost:3000',
      runTimeoutMs: 300_000,
      workerId,
      deliver: (execution) => {
        sent.push(execution);
        return answer(execution);
      },
      onTargetNews: (one) => news.push(one),
      onFault: (error) => faults.push(error),
    });
  const engine = newEngine();

  const insertWebhook = async (entityId = team.id, maxConcurrent = 8, maxPerMinute: number | null = null) => {
    const id = await nextNumber(db, 'target');
    await db
      .insertInto('targets')
      .values({
        entity_id: entityId,
        id,
        kind: 'webhook',
        name: `hook-${id}`,
        signature_encoding: 'base64',
        payload_secrets: '[]',
        receives_run_alerts: 0,
        enabled: 1,
        max_concurrent: maxConcurrent,
        max_per_minute: maxPerMinute,
        warned: 0,
        created_by_id: 0,
        created_at: START,
        updated_at: START,
      })
      .execute();
    return { entityId, targetId: id };
  };
  const webhook = await insertWebhook(team.id, options.maxConcurrent, options.maxPerMinute);

  const project = await insertProject(
    db,
    {
      entityId: team.id,
      kind: 'project',
      name: 'vision',
      description: '',
      visibility: 'organization',
      artifactTypes: null,
      createdById: null,
    },
    START,
  );
  const registry = await insertProject(
    db,
    {
      entityId: organization.id,
      kind: 'registry',
      name: 'wandb-registry-model',
      description: '',
      visibility: 'organization',
      artifactTypes: ['model'],
      createdById: null,
    },
    START,
  );

  let automations = 0;
  const automate = (on: Automation['on'], changes: Partial<NewAutomation> = {}) => {
    const scope: Scope = changes.scope ?? { kind: 'project', entityId: team.id, projectId: project.id };
    const action: Action = { kind: 'webhook', target: webhook, template: null, templateForm: 'json' };
    return insertAutomation(
      db,
      {
        entityId: scope.entityId,
        name: `automation ${++automations}`,
        description: '',
        enabled: true,
        scope,
        on,
        filter: {},
        action,
        cooldownSeconds: 0,
        maxFiringsPerMinute: 60,
        retry: { delaysSeconds: [0, 5, 300] },
        createdById: null,
        ...changes,
      },
      clock.nowMs,
    );
  };

  /** What a caller of the events endpoint would send, into the project. */
  const send = (documents: unknown, via: Engine = engine, to = 'vision') =>
    via.ingest.ingestEvents({
      sender: ANA,
      entityId: team.id,
      project: to,
      documents: parseEvents(documents),
      isList: Array.isArray(documents),
    });

  /** Until what is due now is delivered and recorded. */
  const deliverDue = async (via: Engine = engine) => {
    await via.worker.sweep();
    await via.worker.idle();
  };

  const readExecutions = () =>
    db.selectFrom('executions').selectAll().where('entity_id', 'in', [team.id, organization.id]).orderBy('id').execute();
  const readAttempts = () =>
    db
      .selectFrom('attempts')
      .selectAll()
      .where('entity_id', 'in', [team.id, organization.id])
      .orderBy('execution_id')
      .orderBy('number')
      .execute();

  return {
    store,
    db,
    clock,
    team,
    organization,
    project,
    registry,
    webhook,
    engine,
    newEngine,
    sent,
    faults,
    news,
    insertWebhook,
    automate,
    send,
    deliverDue,
    readExecutions,
    readAttempts,
  };
}
