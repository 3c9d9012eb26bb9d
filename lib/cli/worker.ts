import { type Command, UsageError } from './command.ts';

export const worker: Command = {
  name: 'worker',
  usage: '',
  summary: 'Only delivers, beside servers on the same PostgreSQL database.',
  run: async (args) => {
    if (args.length > 0) throw new UsageError(`"worker" takes no arguments; ${args[0]} is one. Settings are environment variables.`);
    const { work } = await import('#lib/server/work.ts');
    await work();
  },
};
