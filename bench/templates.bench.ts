import type { Filter } from '#lib/domain/filter.ts';
import { sampleFor } from '#lib/domain/sample-event.ts';
import { parseTemplate, renderTemplate } from '#lib/domain/template.ts';
import { valuesFor } from '#lib/domain/template-variables.ts';

const ROUNDS = 50_000;

/** 1 KB with the placeholders of a typical metric payload, one of them a secret. */
const TEMPLATE = JSON.stringify({
  event_type: 'metric-threshold',
  client_payload: {
    reason: '${metric_filter}',
    run: '${run_name}',
    run_url: '${run_url}',
    value: '${metric_value}',
    values: '#${metric_values}#',
    threshold: '#${threshold}#',
    project: '${entity_name}/${project_name}',
    execution: '${execution_id}',
    at: '${timestamp}',
    token: '${DEPLOY_TOKEN}',
    note: 'x'.repeat(640),
  },
}).replace(/"#|#"/g, '');

function measure(rounds: number, step: () => void): number {
  for (let round = 0; round < rounds / 10; round += 1) step();
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) step();
  return ((performance.now() - start) * 1000) / rounds;
}

export async function run(): Promise<void> {
  const filter: Filter = { metric: { name: 'val/loss', aggregate: 'average', window: 5, is: 'below', threshold: 0.3 } };
  const { event, evidence } = sampleFor('run.metric_threshold', { filter });
  const automation = { id: 17, name: 'Deploy', on: 'run.metric_threshold' as const, filter };
  const context = { automation, executionId: 'exe_1', publicUrl: 'https://hookline.example.com', evidence };
  const parsed = parseTemplate(TEMPLATE);
  const values = valuesFor(event, context, parsed.names);
  const secrets = (name: string) => (name === 'DEPLOY_TOKEN' ? 'a secret' : undefined);
  const results = {
    [`parse ${TEMPLATE.length} B`]: measure(ROUNDS / 10, () => parseTemplate(TEMPLATE)),
    [`render ${TEMPLATE.length} B`]: measure(ROUNDS, () => renderTemplate(parsed, values, secrets)),
    'values and render': measure(ROUNDS, () => renderTemplate(parsed, valuesFor(event, context, parsed.names), secrets)),
  };
  for (const [name, microseconds] of Object.entries(results)) console.log(`${name.padEnd(20)}${microseconds.toFixed(1).padStart(8)} µs`);
}

export default { name: 'templates', run };

if (import.meta.main) await run();
