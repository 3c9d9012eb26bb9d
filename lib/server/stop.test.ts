import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const MODULE = join(import.meta.dirname, 'stop-on-signals.ts');

/** A process that says "ready", takes signals, and finishes stopping when its input ends. */
async function startStoppable(): Promise<{ child: ChildProcess; said: () => string }> {
  const script = `import { stopOnSignals } from ${JSON.stringify(MODULE)};
    const log = { info: (...words) => process.stdout.write(String(words.at(-1)) + '\\n'), error: () => {} };
    process.stdin.resume();
    stopOnSignals(() => new Promise((resolve) => process.stdin.once('end', resolve)), log);
    log.info('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  let text = '';
  child.stdout!.on('data', (piece: Buffer) => {
    text += piece.toString();
  });
  await once(child.stdout!, 'data');
  return { child, said: () => text };
}

test('the first signal stops in order', async () => {
  const { child, said } = await startStoppable();
  child.kill('SIGTERM');
  await once(child.stdout!, 'data');
  child.stdin!.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(said()).toBe('ready\nstopping\nstopped\n');
});

test('one Ctrl-C that arrives twice still stops in order', async () => {
  const { child, said } = await startStoppable();
  child.kill('SIGINT');
  await once(child.stdout!, 'data');
  child.kill('SIGINT');
  child.stdin!.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(said()).toContain('stopped');
});
