import { readEnv } from '#lib/runtime/env.ts';
import { createLog } from '#lib/runtime/log.ts';
import { type Command, UsageError } from './command.ts';

export const rotateKey: Command = {
  name: 'rotate-key',
  usage: '',
  summary:
    'Finishes a change of the instance key, as a start does: from HOOKLINE_MASTER_KEY_PREVIOUS to HOOKLINE_MASTER_KEY. The server may be running with both.',
  run: async (args) => {
    if (args.length > 0) throw new UsageError('The keys are read from the environment.');
    const { createRuntime } = await import('#lib/runtime/create-runtime.ts');
    const { rotateInstanceKey } = await import('#lib/server/rotate-instance-key.ts');
    const runtime = await createRuntime(readEnv(process.env), createLog('warn'), { beside: true });
    try {
      const rewrapped = await rotateInstanceKey(runtime);
      const done = rewrapped === 1 ? '1 data key was' : `${rewrapped} data keys were`;
      process.stdout.write(
        `${done} wrapped anew. All are under the current instance key: HOOKLINE_MASTER_KEY_PREVIOUS is not needed any more.\n`,
      );
    } finally {
      await runtime.close();
    }
  },
};
