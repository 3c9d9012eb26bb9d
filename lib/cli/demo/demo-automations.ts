import type { AutomationDraft } from '#lib/domain/automation.ts';
import { type People, TEAM } from './demo-people.ts';

const project = { project: 'acme/vision' };

const AUTOMATIONS: readonly (AutomationDraft & { owner: keyof People })[] = [
  {
    owner: 'ana',
    name: 'Validation loss is good enough',
    description: 'The run is worth deploying to staging: average over five evaluations, so that one lucky value is not enough.',
    scope: project,
    on: 'run.metric_threshold',
    filter: { metric: { name: 'val/loss', aggregate: 'average', window: 5, is: 'below', threshold: 0.3 } },
    action: {
      webhook: 'deploy-hook',
      payload: { run: '${run_name}', url: '${run_url}', metric: '${metric_name}', value: '${metric_value}', rule: '${metric_filter}' },
    },
  },
  {
    owner: 'jonas',
    name: 'Open a release candidate',
    scope: project,
    on: 'run.metric_threshold',
    filter: {
      metric: { name: 'val/mAP', aggregate: 'max', window: 3, is: 'above', threshold: 0.62 },
      run: { tags: ['baseline'] },
    },
    action: {
      webhook: 'github-dispatch',
      payload: {
        event_type: 'release-candidate',
        client_payload: { run: '${run_name}', metric: '${metric_name}', value: '${metric_value}' },
      },
    },
  },
  {
    owner: 'ana',
    name: 'Deploy detector on production',
    scope: { collection: 'acme/vision/detector' },
    on: 'artifact.alias_added',
    filter: { alias: '^production$' },
    action: {
      webhook: 'deploy-hook',
      payload: '{\n  "version": "${artifact_version_string}",\n  "accuracy": ${artifact_metadata.accuracy},\n  "by": "${event_author}"\n}',
    },
  },
  {
    owner: 'mei',
    name: 'Loss became NaN',
    scope: project,
    on: 'run.metric_threshold',
    filter: { metric: { name: 'train/loss', is: 'nan_or_infinite' } },
    action: {
      slack: 'ml-alerts',
      title: '${run_name} diverged',
      text: 'train/loss is ${metric_value} since ${timestamp}.',
      severity: 'error',
    },
  },
  {
    owner: 'jonas',
    name: 'Retrain on new road scenes',
    scope: { collection: 'acme/vision/road-scenes' },
    on: 'artifact.created',
    action: { webhook: 'retrain-queue', payload: { dataset: '${artifact_version_string}', images: '${artifact_metadata.images}' } },
  },
  {
    owner: 'priya',
    name: 'Failed runs',
    scope: { team: TEAM },
    on: 'run.state',
    filter: { states: ['failed'] },
    action: { slack: 'ml-alerts', title: '${run_name} ${run_status}', severity: 'warn' },
    cooldownSeconds: 600,
  },
  {
    owner: 'ana',
    name: 'Morning summary',
    scope: project,
    on: 'schedule',
    filter: { schedule: { cron: '0 9 * * *', timeZone: 'Europe/Berlin' } },
    action: { slack: 'ml-daily', title: '${summary.total} runs since yesterday' },
  },
  {
    owner: 'mei',
    name: 'Plateau: stop the sweep',
    enabled: false,
    scope: project,
    on: 'run.metric_change',
    filter: { change: { name: 'val/mAP', aggregate: 'average', window: 10, priorWindow: 10, by: 'less_than', amount: 0.01 } },
    action: { webhook: 'retrain-queue', payload: { stop: '${run_id}' } },
  },
  {
    owner: 'jonas',
    name: 'GPU memory out of the ordinary',
    scope: project,
    on: 'run.metric_zscore',
    filter: { zscore: { name: 'system.gpu.0.memory', window: 30, direction: 'above', threshold: 3 } },
    action: { slack: 'ml-alerts', severity: 'warn' },
  },
  {
    owner: 'priya',
    name: 'Validate before release',
    scope: { collection: 'acme/vision/detector' },
    on: 'artifact.tag_added',
    filter: { tag: '^validated$' },
    action: { webhook: 'quality-gate', payload: { version: '${artifact_version_string}', tag: '${tag}' } },
  },
  {
    owner: 'mei',
    name: 'Deploy scorer on production',
    scope: { registryCollection: 'acme-org/model/fraud-scorer' },
    team: TEAM,
    on: 'artifact.alias_added',
    filter: { alias: '^production$' },
    action: { webhook: 'deploy-hook', payload: { version: '${artifact_version_string}', source: '${source_version_string}' } },
  },
  {
    owner: 'ana',
    name: 'Sync model card',
    scope: { registry: 'acme-org/model' },
    team: TEAM,
    on: 'artifact.linked',
    action: { webhook: 'model-catalog' },
  },
];

export async function makeAutomations(people: People): Promise<void> {
  for (const { owner, ...document } of AUTOMATIONS) await people[owner].post('/automations', document);
}
