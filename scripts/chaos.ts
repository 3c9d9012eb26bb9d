import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from './test/free-port.ts';

// Kills a server again and again while deliveries are queued and in flight; fails when one that was accepted is lost.
const { kills, events } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, events: { type: 'string', default: '200' } },
}).values;

process.env.E2E_DNS_PORT = String(await freePort());
process.env.E2E_DATA_DIR = mkdtempSync(join(tmpdir(), 'hookline-chaos-'));
const { default: startNameServer } = await import('../e2e/name-server.ts');
const { killRounds } = await import('../e2e/kill-rounds.ts');

const stopNameServer = await startNameServer();
const report = await killRounds({ rounds: Number(kills), eventsPerRound: Number(events), say: console.log });
await stopNameServer();
console.log(`${report.accepted} accepted over ${report.kills} kills: ${report.lost} lost, ${report.duplicates} sent more than once`);
process.exitCode = report.lost === 0 ? 0 : 1;
