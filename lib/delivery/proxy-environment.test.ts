import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startReceiver } from './testing/receiver.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

// Node reads these when it starts, so only a process of its own shows what they do.
test('a process that starts with proxies in its environment goes past them', async () => {
  const [proxy, receiver] = await Promise.all([startReceiver(), startReceiver()]);
  open.push(proxy, receiver);
  const script = `
    import { exchangeToLoopback, requestTo } from ${JSON.stringify(join(import.meta.dirname, 'testing', 'exchange-to.ts'))};
    const exchange = exchangeToLoopback();
    const result = await exchange.send(requestTo(${receiver.port}));
    exchange.close();
    process.stdout.write(result.kind + ' ' + result.address);`;
  const url = `http://127.0.0.1:${proxy.port}`;
  const proxies = Object.fromEntries(
    ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'].map((name) => [name, url]),
  );
  const env = { ...process.env, ...proxies, NODE_USE_ENV_PROXY: '1', NO_PROXY: '', no_proxy: '' };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  expect(said).toBe('answered 127.0.0.1');
  expect([proxy.connections(), receiver.connections()]).toEqual([0, 1]);
});
