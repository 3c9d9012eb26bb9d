import type { z } from 'zod';
import { invalid } from '#lib/errors.ts';

/** Where a page ended, as the text that goes into `?after=`. Holds nothing that the caller was not shown. */
export const toCursor = (at: unknown): string => Buffer.from(JSON.stringify(at)).toString('base64url');

/** Undefined for the first page; a cursor that we did not make is refused. */
export function parseCursor<Schema extends z.ZodType>(schema: Schema, text: string | undefined): z.output<Schema> | undefined {
  if (text === undefined) return undefined;
  try {
    const result = schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    if (result.success) return result.data;
  } catch {
    // refused below, like any other text that is no cursor
  }
  throw invalid('This is not the "next" of a page of this list. Leave "after" away to begin at the start.', [
    { path: ['after'], message: 'This is not the "next" of a page of this list.' },
  ]);
}

/** A page out of one row more than was asked for. */
export function toPage<Row>(rows: readonly Row[], limit: number, cursorOf: (last: Row) => unknown): { items: Row[]; next?: string } {
  const items = rows.slice(0, limit);
  return rows.length > limit ? { items, next: toCursor(cursorOf(items.at(-1)!)) } : { items };
}
