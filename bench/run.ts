import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { backtest } from './backtest.bench.ts';
import { clientRuns } from './client-runs.bench.ts';
import { deliveryScenarios } from './deliveries.bench.ts';
import { editor } from './editor.bench.ts';
import { fileStream } from './file-stream.bench.ts';
import { graphql } from './graphql.bench.ts';
import { httpScenarios } from './http.ts';
import { longList } from './long-list.bench.ts';
import { describeMachine } from './machine.ts';
import { metricHistory } from './metric-history.bench.ts';
import { metricRules } from './metric-rules.bench.ts';
import { mlflow } from './mlflow.bench.ts';
import { openRuns } from './open-runs.bench.ts';
import { pipelineScenarios } from './pipeline.bench.ts';
import { postgresScenarios } from './postgres.bench.ts';
import type { Measurement, Scenario } from './scenario.ts';

/** Every scenario; a new one is a file and a line here. */
const SCENARIOS: readonly Scenario[] = [
  ...httpScenarios,
  ...deliveryScenarios,
  fileStream,
  openRuns,
  clientRuns,
  mlflow,
  graphql,
  editor,
  metricRules,
  metricHistory,
  backtest,
  ...pipelineScenarios,
  longList,
  ...postgresScenarios,
];

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
const chosen = SCENARIOS.filter(({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)));
if (chosen.length === 0) {
  console.error(`No scenario has "${positionals.join('" or "')}" in its name. There are: ${SCENARIOS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

console.error(describeMachine());
const results: Measurement[] = [];
for (const scenario of chosen) {
  const since = performance.now();
  const measured = await scenario.run();
  results.push(...measured);
  if (!values.json) {
    for (const { name, value, unit } of measured)
      console.log(`${name.padEnd(44)} ${value.toLocaleString('en', { maximumFractionDigits: 1 }).padStart(12)} ${unit}`);
    console.error(`  (${scenario.name}: ${((performance.now() - since) / 1000).toFixed(1)} s)`);
  }
}
if (values.json) console.log(JSON.stringify(results, null, 2));
process.exit(0);
