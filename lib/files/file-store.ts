import type { Readable } from 'node:stream';

/** A body that has arrived and lies nowhere yet: kept under a key, or dropped. */
export type Received = {
  size: number;
  /** MD5 in base64, as the client names contents. */
  md5: string;
  keep(key: string): Promise<void>;
  drop(): Promise<void>;
};

/** Where files lie: a directory, or a bucket. Keys are made of ids and digests, never of users' names. */
export type FileStore = {
  /** Throws `too_large` beyond the limit, `unavailable` where there is no room; what arrived is gone then. */
  receive(from: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Received>;
  /** Null where nothing lies under the key. */
  open(key: string): Promise<{ size: number; content: Readable } | null>;
  delete(key: string): Promise<void>;
  /** Removes what began to arrive before then and never ended: its process died. */
  dropAbandoned(beforeMs: number): Promise<void>;
};
