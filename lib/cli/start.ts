import { type Command, UsageError } from './command.ts';

export const start: Command = {
  name: 'start',
  usage: '',
  summary: 'Serves, ingests and delivers, in one process.',
  run: async (args) => {
    if (args.length > 0) throw new UsageError(`"start" takes no arguments; ${args[0]} is one. Settings are environment variables.`);
    const { serve } = await import('#lib/server/main.ts'); // Next is slow to load: not for the other commands
    await serve({ dev: false });
  },
};
