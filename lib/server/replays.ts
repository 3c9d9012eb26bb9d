import { randomUUID } from 'node:crypto';
import type { Background, Runtime } from '#lib/runtime/create-runtime.ts';
import { ReplayRunner } from '#lib/services/replays/replay-runner.ts';

const STEP_MS = 100;
const IDLE_MS = 500;

/** Goes on with replays of many, those too that another process left. */
export function startReplays({ log, platform }: Pick<Runtime, 'log' | 'platform'>): Background {
  const runner = new ReplayRunner(platform, randomUUID());
  let trouble: string | null = null;
  let stopped = false;
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();

  const turn = async () => {
    const goesOn = await runner.step().catch((error: unknown) => {
      trouble = 'Replays cannot go on.';
      log.error({ err: error }, trouble);
      return null;
    });
    if (goesOn !== null) trouble = null;
    if (!stopped) timer = setTimeout(begin, goesOn ? STEP_MS : IDLE_MS);
  };
  const begin = () => {
    running = turn();
  };
  begin();
  return {
    name: 'replays',
    trouble: () => trouble,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
