import { readEnv } from '#lib/runtime/env.ts';
import { createLog } from '#lib/runtime/log.ts';
import { type Command, UsageError } from './command.ts';

export const resetPassword: Command = {
  name: 'reset-password',
  usage: '<user>',
  summary: 'Prints a link with which a user sets a new password, once, within the hour. The server may be running.',
  run: async ([username, ...more]) => {
    if (username === undefined || more.length > 0) throw new UsageError('Name one user.');
    const { createRuntime } = await import('#lib/runtime/create-runtime.ts');
    const { createResetLink } = await import('#lib/services/users/password-resets.ts');
    const env = readEnv(process.env);
    const { platform, close } = await createRuntime(env, createLog('warn'), { beside: true });
    try {
      const ctx = { ...platform, actor: { kind: 'system' } as const, requestId: null, address: null, directLoopback: false };
      const { url } = await createResetLink(ctx, { username });
      process.stdout.write(`${url}\n`);
    } finally {
      await close();
    }
  },
};
