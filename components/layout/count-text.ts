import type { BoundedCount } from '#lib/contracts/view.ts';

/** "24", "1,000+": counts over lists stop at 1,000. */
export const countText = ({ count, more }: BoundedCount) => `${count.toLocaleString('en')}${more ? '+' : ''}`;

/** "1 run", "1,000+ runs". */
export const countOf = (bounded: BoundedCount, one: string, many = `${one}s`) =>
  `${countText(bounded)} ${bounded.count === 1 && !bounded.more ? one : many}`;
