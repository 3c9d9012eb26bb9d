import type { ErrorCode } from '#lib/errors.ts';
import type { LongReadName } from '#lib/services/long-reads.ts';

/** Which database the thread reads. */
export type ReadFrom = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string };

/** One read is asked for slice by slice, so that a caller who goes away ends it after the slice at hand. */
export type Asked = { do: 'begin'; id: number; name: LongReadName; input: unknown } | { do: 'next' | 'end'; id: number };

export type Answered =
  | { kind: 'slice'; id: number; items: unknown[]; done: boolean }
  | { kind: 'failed'; id: number; error: { message: string; stack?: string; code?: ErrorCode } };
