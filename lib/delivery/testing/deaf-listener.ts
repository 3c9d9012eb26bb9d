import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';

/** A port on loopback that is open and takes no connection: its process is stopped and its queue full, so the system drops who knocks. */
export async function startDeafListener(): Promise<{ port: number; close(): void }> {
  const script = `const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => process.stdout.write(String(server.address().port)));`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(said.toString());
  child.kill('SIGSTOP');
  const waiting: net.Socket[] = [];
  // The system's queue is a little longer than asked for: whoever does not get in any more has found it full.
  for (let isFull = false; !isFull; ) {
    const socket = net.connect({ port, host: '127.0.0.1' });
    waiting.push(socket.on('error', () => {}));
    isFull = await Promise.race([
      once(socket, 'connect').then(() => false),
      new Promise<boolean>((resolve) => setTimeout(resolve, 100, true)),
    ]);
  }
  return {
    port,
    close: () => {
      for (const socket of waiting) socket.destroy();
      child.kill('SIGKILL');
    },
  };
}
