import { isActive } from '#lib/domain/entity.ts';
import type { Actor } from '#lib/domain/permissions.ts';
import { type Db, inTransaction } from '#lib/store/connect.ts';
import { countWaiting, nextFailed, requeueFailed } from '#lib/store/dead-letters.ts';
import { LEASE_MS } from '#lib/store/executions.ts';
import { advanceReplayPart, endReplayPart, findReplayPart, holdReplayPart, listRunningParts, type ReplayPart } from '#lib/store/replays.ts';
import { listTargetStates } from '#lib/store/target-states.ts';
import { findUser } from '#lib/store/users.ts';
import { within } from '../command.ts';
import type { Context, Platform } from '../context.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import { type Reach, reachOf } from './reach.ts';

/** What a target has before it at most, so that new firings wait for seconds and not for the whole replay. */
const AHEAD = 32;
/** Rows passed over at a time, whether they match or not. */
const PASSED_AT_ONCE = 2000;

/**
 * Goes on with every replay of many: a little at a time, as fast as its targets take it, each for itself. Where it stands is
 * written with what it queued, so that a restart goes on there.
 */
export class ReplayRunner {
  readonly #platform: Platform;
  readonly #worker: string;

  constructor(platform: Platform, worker: string) {
    this.#platform = platform;
    this.#worker = worker;
  }

  /** One step of each; answers whether anything goes on. */
  async step(): Promise<boolean> {
    const parts = await listRunningParts(this.#platform.reader);
    for (const part of parts) await this.#goOn(part);
    return parts.length > 0;
  }

  async #goOn(part: ReplayPart): Promise<void> {
    const { db, now } = this.#platform;
    const obstacle = await this.#obstacle(part);
    if (obstacle !== null) {
      await endReplayPart(db, part, { status: 'stopped', reason: obstacle, at: now() });
      return;
    }
    const waiting = await countWaiting(db, part.entityId, part.targetId, now() + LEASE_MS, AHEAD);
    if (waiting >= AHEAD) return;
    const queued = await inTransaction(db, (tx) => this.#queueNext(tx, part, AHEAD - waiting));
    if (queued.length > 0) this.#platform.engine.tellRequeued(part, queued);
  }

  /** Why it cannot go on, in a sentence. */
  async #obstacle({ targetEntityId: entityId, targetId, createdById }: ReplayPart): Promise<string | null> {
    const { reader } = this.#platform;
    const target = (await listTargetStates(reader, [{ entityId, targetId }])).get(targetId);
    if (!target || target.state === 'gone') return 'The integration was deleted.';
    if (target.state === 'disabled') return `${target.name} was disabled.`;
    const user = await findUser(reader, createdById);
    return user && isActive(user) ? null : 'The account that started it is gone.';
  }

  async #queueNext(tx: Db, { entityId, id, targetId }: ReplayPart, room: number): Promise<string[]> {
    const { now } = this.#platform;
    const part = await findReplayPart(tx, { entityId, id, targetId });
    if (part?.status !== 'running' || !(await holdReplayPart(tx, part, this.#worker, now()))) return [];
    const reach = await this.#reach(tx, part);
    if (!reach) {
      await endReplayPart(tx, part, { status: 'stopped', reason: 'Whoever started it may not replay here any more.', at: now() });
      return [];
    }
    const filter = { ...part.filter, ...reach, untilMs: part.untilMs };
    const { passed, isLast } = await nextFailed(tx, part, filter, part.position, { room, most: PASSED_AT_ONCE });
    const wanted = passed.filter((row) => row.wanted).map((row) => row.id);
    const queued = await requeueFailed(tx, entityId, wanted, id, now());
    const position = passed.at(-1) ?? part.position;
    await advanceReplayPart(tx, part, { position: { at: position.at, id: position.id }, replayed: queued.length });
    if (isLast) await endReplayPart(tx, part, { status: 'done', at: now() });
    return queued;
  }

  /** The rights of whoever started it, as they are now. */
  async #reach(tx: Db, { createdById, entityId }: ReplayPart): Promise<Reach | null> {
    const user = (await findUser(tx, createdById))!;
    const actor: Actor = { kind: 'user', userId: user.id, username: user.username, instanceAdmin: user.instanceAdmin, sessionId: '' };
    const ctx: Context = { ...this.#platform, actor, requestId: null, address: null, directLoopback: false };
    return reachOf(await listVisiblePlaces(within(ctx, tx)), entityId);
  }
}
