import type { BoundedCount } from '#lib/contracts/view.ts';
import type { Issue } from '#lib/errors.ts';

/** "1 run", "1,000+ runs", or nothing: what a refused delete lists. */
export function counted(path: string, one: string, { count, more }: BoundedCount): Issue[] {
  if (count === 0) return [];
  return [{ path: [path], message: `${count.toLocaleString('en')}${more ? '+' : ''} ${one}${count === 1 ? '' : 's'}` }];
}
