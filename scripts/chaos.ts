import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from './test/free-port.ts';
import { startTestPostgres } from './test/postgres.ts';

// Kills processes again and again while events come and webhooks go; fails when an accepted one is lost.
const { kills, seed, only } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
  },
}).values;

process.env.E2E_DNS_PORT = String(await freePort());
process.env.E2E_DATA_DIR = mkdtempSync(join(tmpdir(), 'hookline-chaos-'));
const { default: startNameServer } = await import('../e2e/name-server.ts');
const { chaosRun, faultsOf } = await import('../e2e/chaos/run.ts');
const { cutOffRun } = await import('../e2e/chaos/cut-off-run.ts');
const { seededRandom } = await import('../e2e/chaos/random.ts');

const stopNameServer = await startNameServer();
const postgres = await startTestPostgres();
const SHAPES = [
  { name: 'SQLite, one process', workers: 0 },
  { name: 'PostgreSQL, one process', postgresUrl: postgres.url, workers: 0 },
  { name: 'PostgreSQL, a server and two workers', postgresUrl: postgres.url, workers: 2 },
];

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
for (const shape of SHAPES.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()))) {
  const report = await chaosRun({ shape, kills: Number(kills), backlog: 1000, random: seededRandom(Number(seed)), say: console.log });
  const faults = faultsOf(report);
  if (faults.length > 0) process.exitCode = 1;
  const lines = [
    `${faults.length === 0 ? '✓' : '✗'} ${shape.name}, ${report.kills} kills (seed ${seed})`,
    `    ${report.accepted} events accepted, ${report.received} webhooks received at least once, ${report.lost} lost`,
    `    ${report.duplicates} duplicates, at most ${report.mostForOneKill} of one kill, ${report.unexplained} that no kill explains`,
    `    the last one arrived ${seconds(Math.max(0, report.lastAfterMs))} after the last event was accepted`,
    `    what a dead process held was sent again ${seconds(report.restartMs)} after its restart${report.takeOverMs === null ? '' : `, by another process ${seconds(report.takeOverMs)} after its death`}`,
    ...faults.map((fault) => `    ${fault}`),
  ];
  console.log(`\n${lines.join('\n')}\n`);
}
const CUT_OFF = 'PostgreSQL, cut off for a minute in each way, then restarted';
if (CUT_OFF.toLowerCase().includes(only.toLowerCase())) {
  const report = await cutOffRun({ postgres, cutMs: 60_000, random: seededRandom(Number(seed)), say: console.log });
  if (report.lost > 0 || report.withoutRetryAfter > 0) process.exitCode = 1;
  console.log(`\n${report.lost === 0 ? '✓' : '✗'} ${CUT_OFF}`);
  console.log(`    ${report.accepted} events accepted, ${report.lost} lost, ${report.duplicates} duplicates`);
  console.log(`    ${report.refusals} answers 503, ${report.withoutRetryAfter} of them without Retry-After`);
  console.log(`    the longest wait for one ${seconds(report.slowestRefusalMs)}; back ${seconds(report.backMs)} after the line`);
}
await postgres.stop();
await stopNameServer();
