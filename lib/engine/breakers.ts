import { afterFailure, type Breaker, CLOSED_BREAKER, disablesAt, isHopeless } from '#lib/domain/breaker.ts';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { Db } from '#lib/store/connect.ts';
import { changeBreaker, type DeliveryTarget, disableTarget, findDeliveryTargets } from '#lib/store/delivery-targets.ts';

const GONE_REASON = 'The receiver answered 410 Gone: it asked for no more.';
const HOPELESS_REASON = 'Nothing but failures for 5 days.';

/** What its admins should hear of an integration. `failing` is a warning: one more failure after `disablesAt` switches it off. */
export type TargetNews = { entityId: number; targetId: number; reason: string } & (
  | { kind: 'paused' | 'disabled' | 'recovered' }
  | { kind: 'failing'; since: number; disablesAt: number }
);

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

  /** `target` as it was when the execution was claimed. Answers whether what waits for it need wait no longer. */
  async note(target: DeliveryTarget, outcome: DeliveryOutcome, probing: boolean): Promise<boolean> {
    const { entityId, targetId } = target;
    if (outcome.disablesTarget) return this.#disable(target, reasonOf(outcome));
    if (outcome.kind === 'rejected') return false; // our refusal to send says nothing about the receiver
    const failed = outcome.kind === 'try_again';
    const wasWell = target.firstFailureAt === null && !this.#failures.has(targetId);
    if (!failed && !probing && wasWell) return false;
    const current = (await findDeliveryTargets(this.#db, [{ entityId, targetId }])).get(targetId);
    const inARow = failed ? (current?.firstFailureAt == null ? 0 : (this.#failures.get(targetId) ?? 0)) + 1 : 0;
    if (failed) this.#failures.set(targetId, inARow);
    else this.#failures.delete(targetId);
    if (current?.state !== 'ok') return false;
    // What was on its way when the pause began says nothing new.
    if (failed && current.pausedUntil !== null && !probing) return false;
    return this.#change(current, failed, inARow);
  }

  async #change(target: DeliveryTarget, failed: boolean, inARow: number): Promise<boolean> {
    const nowMs = this.#now();
    const next: Breaker = failed ? afterFailure(target, inARow, nowMs) : CLOSED_BREAKER;
    if (failed && isHopeless(target, nowMs)) return this.#disable(target, HOPELESS_REASON);
    const isSame =
      next.pausedUntil === target.pausedUntil && next.firstFailureAt === target.firstFailureAt && next.warned === target.warned;
    if (isSame || !(await changeBreaker(this.#db, target, next))) return false;
    this.#tellChange(target, next);
    return target.pausedUntil !== null && next.pausedUntil === null;
  }

  #tellChange({ entityId, targetId, ...before }: DeliveryTarget, next: Breaker): void {
    const news = { entityId, targetId, reason: 'Its receiver keeps failing.' };
    if (next.warned > before.warned) {
      this.#tell({ ...news, kind: 'failing', since: next.firstFailureAt!, disablesAt: disablesAt(next)! });
    } else if (next.pausedUntil !== null && before.pausedUntil === null) this.#tell({ ...news, kind: 'paused' });
    const wasTold = before.pausedUntil !== null || before.warned > 0;
    if (next.firstFailureAt === null && wasTold) this.#tell({ ...news, kind: 'recovered', reason: '' });
  }

  /** Told by whoever of several processes did it. */
  async #disable({ entityId, targetId }: DeliveryTarget, reason: string): Promise<boolean> {
    const isMine = await disableTarget(this.#db, entityId, targetId, reason, this.#now());
    if (isMine) this.#tell({ entityId, targetId, kind: 'disabled', reason });
    return isMine;
  }
}

/** A 410, or Slack's word for a channel that is closed. */
const reasonOf = ({ error }: DeliveryOutcome) => (error?.code === 'slack' ? error.message : GONE_REASON);
