import { limited } from '#lib/errors.ts';
import { takeCount } from '#lib/store/rate-counts.ts';
import { requireUserId } from '../accounts/require-user-id.ts';
import type { Context } from '../context.ts';

const PER_MINUTE = 60;

/** Tests send what their author writes to where he says: 60 a minute per user, over all processes. */
export async function takeTest(ctx: Context): Promise<void> {
  const { allowed, retryAfterMs } = await takeCount(ctx.db, `test:${requireUserId(ctx.actor)}`, PER_MINUTE, 60_000, ctx.now());
  if (allowed) return;
  const seconds = Math.ceil(retryAfterMs / 1000);
  throw limited(`Only ${PER_MINUTE} tests a minute. Try again in ${seconds} seconds.`, seconds);
}
