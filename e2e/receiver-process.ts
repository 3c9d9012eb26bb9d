import { startReceiver } from './receiver.ts';

// A webhook's other end as a process of its own: the first line is its address, then one line of JSON for each request.
const receiver = await startReceiver('main-job');
process.stdout.write(`${receiver.url}\n`);
for (;;) process.stdout.write(`${JSON.stringify(await receiver.next())}\n`);
