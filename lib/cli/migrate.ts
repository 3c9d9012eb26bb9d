import { readEnv } from '#lib/runtime/env.ts';
import { createLog } from '#lib/runtime/log.ts';
import { openMigratedStore } from '#lib/runtime/open-store.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  usage: '',
  summary: 'Brings the database to the newest schema; "start" does so too.',
  run: async () => {
    const env = readEnv(process.env);
    const { close } = await openMigratedStore(env, createLog(env.logLevel));
    await close();
  },
};
