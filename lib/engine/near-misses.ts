import type { Automation } from '#lib/domain/automation.ts';
import type { Decision } from '#lib/domain/decision.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import type { Db } from '#lib/store/connect.ts';
import { addHeldBack } from '#lib/store/firing-limits.ts';
import { NEAR_MISSES_KEPT, type NearMiss, replaceNearMisses } from '#lib/store/near-misses.ts';

/** Between two notes about one automation: a stream of batches must not become a stream of rows. */
const NOTE_EVERY_MS = 1000;

type HeldBack = { entityId: number; automationId: number; slot: string; count: number; atMs: number };

/** Why automations did not fire: gathered in memory, written every few seconds, lost at a crash without harm. */
export class NearMisses {
  readonly #notedAt = new Map<number, number>();
  readonly #waiting = new Map<number, NearMiss[]>();
  readonly #heldBack = new Map<string, HeldBack>();

  wants(automationId: number, nowMs: number): boolean {
    const notedAt = this.#notedAt.get(automationId);
    return notedAt === undefined || !isRecent(notedAt, nowMs);
  }

  add(miss: NearMiss): void {
    this.#notedAt.set(miss.automationId, miss.at);
    const waiting = this.#waiting.get(miss.automationId) ?? [];
    waiting.push(miss);
    this.#waiting.set(miss.automationId, waiting.slice(-NEAR_MISSES_KEPT));
  }

  /** A match that a taken slot held back: counted, however many there are. */
  addHeldBack({ automationId, slot, ...match }: Omit<HeldBack, 'count'>): void {
    const key = `${automationId}/${slot}`;
    const count = (this.#heldBack.get(key)?.count ?? 0) + 1;
    this.#heldBack.set(key, { automationId, slot, ...match, count });
  }

  /** What cannot be written now is kept for the next time. */
  async write(db: Db, nowMs: number): Promise<void> {
    for (const [automationId, at] of this.#notedAt) if (!isRecent(at, nowMs)) this.#notedAt.delete(automationId);
    for (const [automationId, notes] of [...this.#waiting]) {
      this.#waiting.delete(automationId);
      try {
        await replaceNearMisses(db, notes);
      } catch (error) {
        this.#waiting.set(automationId, [...notes, ...(this.#waiting.get(automationId) ?? [])].slice(-NEAR_MISSES_KEPT));
        throw error;
      }
    }
    for (const [key, held] of [...this.#heldBack]) {
      this.#heldBack.delete(key);
      try {
        await addHeldBack(db, held, held.count, held.atMs);
      } catch (error) {
        this.#heldBack.set(key, { ...held, count: held.count + (this.#heldBack.get(key)?.count ?? 0) });
        throw error;
      }
    }
  }
}

/** Either way, as the clock may be moved back. */
const isRecent = (at: number, nowMs: number) => Math.abs(nowMs - at) < NOTE_EVERY_MS;

/** What one transaction gathers, to be kept after its commit: one that is undone may be made again. */
export class NewNearMisses {
  readonly #kept: NearMisses;
  readonly #misses = new Map<number, NearMiss>();
  readonly #heldBack: Omit<HeldBack, 'count'>[] = [];

  constructor(kept: NearMisses) {
    this.#kept = kept;
  }

  /** Whether a note about this automation would be kept; only then is a skip worth explaining. */
  wants(automationId: number, nowMs: number): boolean {
    return !this.#misses.has(automationId) && this.#kept.wants(automationId, nowMs);
  }

  note(automation: Automation, event: TrackedEvent, decision: Decision, nowMs: number): void {
    this.#misses.set(automation.id, {
      entityId: automation.entityId,
      automationId: automation.id,
      at: nowMs,
      eventEntityId: event.place.entityId,
      eventId: event.id,
      eventType: event.type,
      subject: subjectOf(event),
      decision,
    });
  }

  noteHeldBack({ entityId, id: automationId }: Automation, slot: string, nowMs: number): void {
    this.#heldBack.push({ entityId, automationId, slot, atMs: nowMs });
  }

  keep(): void {
    for (const miss of this.#misses.values()) this.#kept.add(miss);
    for (const match of this.#heldBack) this.#kept.addHeldBack(match);
  }
}

function subjectOf(event: TrackedEvent): string {
  if ('run' in event) return event.run.name;
  if ('artifact' in event) return `${event.artifact.collection}:v${event.artifact.versionIndex}`;
  if ('collection' in event) return event.collection.name;
  return '';
}
