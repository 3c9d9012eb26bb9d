import { cpus, loadavg } from 'node:os';

/** On what, and beside what else, the figures came about. */
export function describeMachine(): string {
  const [first] = cpus();
  const load = loadavg()
    .map((average) => average.toFixed(2))
    .join(' ');
  return `${cpus().length} cores of ${first?.model.trim() ?? 'an unknown kind'}, Node ${process.version}, load average ${load} at the start`;
}
