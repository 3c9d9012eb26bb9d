import { z } from 'zod';
import type { InstanceView, RotationView } from '#lib/contracts/instance.ts';
import { countDataKeys } from '#lib/store/data-keys.ts';
import { instanceCommand, instanceQuery } from './instance-command.ts';

/** How this instance is configured, for its admins. */
export const getInstance = instanceQuery({
  allow: 'instance_admin',
  input: z.object({}),
  run: async (ctx): Promise<InstanceView> => {
    const { policy } = ctx.egress;
    const wrapped = await countDataKeys(ctx.db);
    const current = wrapped.get(ctx.vault.currentKeyName) ?? 0;
    const all = [...wrapped.values()].reduce((sum, count) => sum + count, 0);
    return {
      version: ctx.version,
      publicUrl: ctx.publicUrl,
      egress: {
        allow: policy.entries.map(({ text }) => text),
        allowHttp: policy.allowHttp,
        personalMayUseEntries: policy.personalMayUseEntries,
      },
      keys: { current, old: all - current },
    };
  },
});

const BATCH = 200;

/** Wraps data keys of an older instance key (HOOKLINE_MASTER_KEY_PREVIOUS) anew, while everything runs; some at a time. */
export const rotateKeys = instanceCommand({
  allow: 'instance_admin',
  input: z.object({}),
  run: async (
    ctx,
  ): Promise<{ result: z.output<typeof RotationView>; audit: { what: string; target: string; after: { rewrapped: number } } }> => {
    const { rewrapped, left } = await ctx.vault.rewrap(ctx.db, BATCH);
    return { result: { rewrapped, left }, audit: { what: 'instance.keys_rotated', target: 'instance key', after: { rewrapped } } };
  },
});
