import type { Store } from '#lib/store/connect.ts';
import type { DueTarget } from '#lib/store/executions.ts';
import { notify, type PostgresListener } from '#lib/store/listen.ts';
import type { ExecutionsChanged } from './publish.ts';

const CHANNEL = 'hookline';
/** What happens within this time goes out as one message. */
const GATHER_MS = 10;
/** PostgreSQL refuses payloads of 8,000 bytes. */
const MOST_BYTES = 7000;

type Message = { from: string; wake?: DueTarget[]; changed?: ExecutionsChanged[] };

export type PeerNews = { onWake: (target: DueTarget) => void; onChanged: (changed: ExecutionsChanged) => void };

/** Tells the other processes on the same PostgreSQL what was queued or changed. A lost message costs time, nothing else. */
export class Peers {
  readonly #store: Store;
  readonly #name: string;
  readonly #onFault: (error: unknown) => void;
  readonly #listener: PostgresListener | null;
  #wake = new Map<string, DueTarget>();
  #changed: ExecutionsChanged[] = [];
  #timer: NodeJS.Timeout | null = null;
  #sending: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(store: Store, name: string, { onWake, onChanged }: PeerNews, onFault: (error: unknown) => void) {
    this.#store = store;
    this.#name = name;
    this.#onFault = onFault;
    this.#listener =
      store.listen?.(CHANNEL, name, (payload) => {
        const message = JSON.parse(payload) as Message;
        if (message.from === name) return;
        for (const target of message.wake ?? []) onWake(target);
        for (const changed of message.changed ?? []) onChanged(changed);
      }) ?? null;
  }

  async open(): Promise<void> {
    await this.#listener?.open();
  }

  tellQueued(target: DueTarget): void {
    if (!this.#listener || this.#closed) return;
    this.#wake.set(`${target.entityId}/${target.targetId}`, target);
    this.#gather();
  }

  tellChanged(changed: ExecutionsChanged): void {
    if (!this.#listener || this.#closed) return;
    this.#changed.push(changed);
    this.#gather();
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#flush();
    }, GATHER_MS);
  }

  #flush(): void {
    this.#sending = this.#sending.then(() => this.#send()).catch(this.#onFault);
  }

  async #send(): Promise<void> {
    const items: Omit<Message, 'from'>[] = [
      ...[...this.#wake.values()].map((target) => ({ wake: [target] })),
      ...this.#changed.map((changed) => ({ changed: [changed] })),
    ];
    this.#wake = new Map();
    this.#changed = [];
    let message: Message = { from: this.#name };
    for (const item of items) {
      const longer: Message = {
        ...message,
        wake: [...(message.wake ?? []), ...(item.wake ?? [])],
        changed: [...(message.changed ?? []), ...(item.changed ?? [])],
      };
      if (JSON.stringify(longer).length <= MOST_BYTES) {
        message = longer;
        continue;
      }
      await this.#notify(message);
      message = { from: this.#name, ...item };
    }
    if (items.length > 0) await this.#notify(message);
  }

  async #notify(message: Message): Promise<void> {
    await notify(this.#store.db, CHANNEL, JSON.stringify(message));
  }

  /** Tells the last of it first: what is queued here, another process should not find only by its sweep. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#flush();
    await this.#sending;
    await this.#listener?.close();
  }
}
