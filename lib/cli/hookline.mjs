#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Hookline runs as TypeScript on the Node that it pins. Where an older one started us, hand over to that.
const folder = fileURLToPath(new URL('.', import.meta.url));
const pinned = join(folder, '..', '..', 'node_modules', 'node', 'bin', 'node');

// What was handed over to ends with who did it, even where that was killed.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

if (Number(process.versions.node.split('.')[0]) >= 24) {
  const { main } = await import('./hookline.ts');
  await main(process.argv.slice(2));
} else if (!existsSync(pinned)) {
  process.stderr.write(`Hookline needs Node 24; this is ${process.version} and ${pinned} is missing. Run "npm ci" first.\n`);
  process.exit(2);
} else {
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
