import { z } from 'zod';
import type { Page, PageQuery } from '#lib/contracts/view.ts';
import { parseCursor, toPage } from '#lib/services/cursor.ts';

/** One page of a list that is short enough to be read whole, in its own order; `keyOf` names an item in cursors. */
export function pageOfAll<Item>(items: readonly Item[], { limit, after }: PageQuery, keyOf: (item: Item) => string): Page<Item> {
  const last = parseCursor(z.string(), after);
  const from = last === undefined ? 0 : items.findIndex((item) => keyOf(item) === last) + 1;
  return toPage(items.slice(from, from + limit + 1), limit, keyOf);
}
