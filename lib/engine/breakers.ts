import { afterFailure, type Breaker, CLOSED_BREAKER, isHopeless } from '#lib/domain/breaker.ts';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { Db } from '#lib/store/connect.ts';
import { changeBreaker, type DeliveryTarget, disableTarget, findDeliveryTargets } from '#lib/store/delivery-targets.ts';

const GONE_REASON = 'The receiver answered 410 Gone: it asked for no more.';
const HOPELESS_REASON = 'Nothing but failures for 5 days.';

/** What its admins should hear of an integration. */
export type TargetNews = { entityId: number; targetId: number; kind: 'paused' | 'disabled' | 'recovered'; reason: string };

/** Pauses targets that fail steadily, closes the breaker at the first success, disables what is hopeless or asked for it. */
export class Breakers {
  readonly #db: Db;
  readonly #now: () => number;
  /** Failures in a row, of this process; a target without an entry is taken to be well. */
  readonly #failures = new Map<number, number>();

  readonly #tell: (news: TargetNews) => void;

  constructor(db: Db, now: () => number, tell: (news: TargetNews) => void) {
    this.#tell = tell;
    this.#db = db;
    this.#now = now;
  }

  /** `target` as it was when the execution was claimed. */
  async note(target: DeliveryTarget, outcome: DeliveryOutcome, probing: boolean): Promise<void> {
    const { entityId, targetId } = target;
    if (outcome.disablesTarget) {
      await this.#disable(target, GONE_REASON);
      return;
    }
    if (outcome.kind === 'rejected') return; // our refusal to send says nothing about the receiver
    const failed = outcome.kind === 'try_again';
    const wasWell = target.firstFailureAt === null && !this.#failures.has(targetId);
    if (!failed && !probing && wasWell) return;
    const inARow = failed ? (this.#failures.get(targetId) ?? 0) + 1 : 0;
    if (failed) this.#failures.set(targetId, inARow);
    else this.#failures.delete(targetId);
    const current = (await findDeliveryTargets(this.#db, [{ entityId, targetId }])).get(targetId);
    if (!current) return;
    // What was on its way when the pause began says nothing new.
    if (failed && current.pausedUntil !== null && !probing) return;
    await this.#change(current, failed, inARow);
  }

  async #change(target: DeliveryTarget, failed: boolean, inARow: number): Promise<void> {
    const nowMs = this.#now();
    const next: Breaker = failed ? afterFailure(target, inARow, nowMs) : CLOSED_BREAKER;
    if (failed && isHopeless(next, nowMs)) {
      await this.#disable(target, HOPELESS_REASON);
      return;
    }
    const isSame = next.pausedUntil === target.pausedUntil && next.firstFailureAt === target.firstFailureAt;
    if (isSame || !(await changeBreaker(this.#db, target, next))) return;
    const { entityId, targetId } = target;
    const reason = 'Its receiver keeps failing.';
    if (next.pausedUntil !== null && target.pausedUntil === null) this.#tell({ entityId, targetId, kind: 'paused', reason });
    if (next.pausedUntil === null && target.pausedUntil !== null) this.#tell({ entityId, targetId, kind: 'recovered', reason: '' });
  }

  /** Told by whoever of several processes did it. */
  async #disable({ entityId, targetId }: DeliveryTarget, reason: string): Promise<void> {
    if (await disableTarget(this.#db, entityId, targetId, reason, this.#now()))
      this.#tell({ entityId, targetId, kind: 'disabled', reason });
  }
}
