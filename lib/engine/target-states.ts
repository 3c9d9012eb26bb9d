import type { TargetRef } from '#lib/domain/automation.ts';
import type { Db } from '#lib/store/connect.ts';
import { type DeliveryTarget, findDeliveryTargets } from '#lib/store/delivery-targets.ts';

/** Whether the integrations of one transaction's automations stand; each read once. */
export class TargetStates {
  readonly #tx: Db;
  readonly #states = new Map<number, DeliveryTarget['state']>();

  constructor(tx: Db) {
    this.#tx = tx;
  }

  async load(targets: readonly TargetRef[]): Promise<void> {
    const missing = targets.filter(({ targetId }) => !this.#states.has(targetId));
    if (missing.length === 0) return;
    const found = await findDeliveryTargets(this.#tx, missing);
    for (const { targetId } of missing) this.#states.set(targetId, found.get(targetId)?.state ?? 'gone');
  }

  of(targetId: number): DeliveryTarget['state'] {
    return this.#states.get(targetId)!;
  }
}
