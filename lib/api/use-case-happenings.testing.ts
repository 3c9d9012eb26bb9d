/** What each use case waits for, as a tracker would send it; for tests in this process and against a started one. */

const HOUR = 3_600_000;

export type Step = object | { wait: number };
export type Happening = { before?: Step[]; steps: Step[] /** What the request must hold. */; received: string[] };

const metrics = (name: string, values: readonly (number | string)[]) => ({
  type: 'run.metrics',
  run: { id: 'r1', name: 'swift-fox-12' },
  metrics: values.map((value, step) => ({ step, values: { [name]: value } })),
});
const state = (value: string) => ({ type: 'run.state', run: { id: 'r1', name: 'swift-fox-12', state: value } });
const created = (collection: string, type: string) => ({ type: 'artifact.created', artifact: { collection, type } });
const aliased = (alias: string) => ({ type: 'artifact.alias_added', artifact: { collection: 'detector', version: 0 }, alias });
const linked = {
  type: 'artifact.linked',
  artifact: { collection: 'detector', version: 0 },
  to: { registry: 'model', collection: 'fraud' },
};
const times = (count: number, value: number) => Array.from({ length: count }, () => value);

export const HAPPENINGS: Record<string, Happening> = {
  'accuracy-drops': { steps: [metrics('accuracy', times(5, 0.7))], received: ['Accuracy dropped: swift-fox-12', '0.7'] },
  'loss-nan': { steps: [metrics('loss', [0.4, 'NaN'])], received: ['Loss is NaN: swift-fox-12'] },
  'loss-plateau': { steps: [metrics('loss', times(20, 0.5))], received: ['swift-fox-12'] },
  retrain: { steps: [metrics('error_rate', [...times(50, 0.1), ...times(10, 0.2)])], received: ['swift-fox-12'] },
  'new-model': { before: [created('detector', 'model')], steps: [linked], received: ['New version of fraud', 'detector:v0'] },
  'deploy-on-alias': {
    before: [created('detector', 'model'), linked],
    steps: [{ type: 'artifact.alias_added', artifact: { registry: 'model', collection: 'fraud', version: 0 }, alias: 'production' }],
    received: ['production', 'fraud:v0'],
  },
  'new-dataset': { before: [created('lidar', 'dataset')], steps: [created('lidar', 'dataset')], received: ['lidar:v1'] },
  'failed-runs': { steps: [state('running'), state('crashed')], received: ['swift-fox-12 crashed'] },
  'long-runs': { steps: [state('running'), { wait: 2 * HOUR }, state('finished')], received: ['swift-fox-12 finished'] },
  'daily-summary': {
    steps: [state('failed'), { wait: 5 * HOUR + 1000 }],
    received: ['Runs since yesterday', '1 run, 1 failed', '1 run from 2026-11-20 09:00 to 2026-11-21 09:00 UTC', 'swift-fox-12  '],
  },
  'external-tracker': { steps: [state('running'), state('finished')], received: ['swift-fox-12', 'finished'] },
  'sync-registry': { before: [created('detector', 'model')], steps: [linked], received: ['fraud'] },
  'ci-cd': { before: [created('detector', 'model')], steps: [aliased('staging')], received: ['detector:v0'] },
  'validate-linked': { before: [created('detector', 'model')], steps: [linked], received: ['fraud'] },
  'process-alias': { before: [created('detector', 'model')], steps: [aliased('test-set-quality-check')], received: ['detector:v0'] },
};
