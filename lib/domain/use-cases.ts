import type { AutomationDraft } from './automation.ts';
import type { PresetId } from './preset-help.ts';

export type UseCase = {
  id: string;
  title: string;
  /** What it does, in one sentence. */
  sentence: string;
  /** Offered where there is no automation yet. */
  featured?: true;
  /** The wizard's first values; the user adds scope and target. */
  start: Pick<AutomationDraft, 'name' | 'on' | 'filter'> & { description?: string };
  action: 'webhook' | 'slack';
  /** The payload to begin with, for webhooks. */
  preset?: PresetId;
  /** The message to begin with, for Slack. */
  message?: { title: string; text: string; severity: 'info' | 'warn' | 'error' };
};

/** What teams come for, as starting points of the wizard. */
export const USE_CASES: readonly UseCase[] = [
  {
    id: 'accuracy-drops',
    title: 'Alert when accuracy drops',
    sentence: 'Posts to Slack when the average of the last five accuracies falls below a limit.',
    start: {
      name: 'Accuracy dropped',
      on: 'run.metric_threshold',
      filter: { metric: { name: 'accuracy', aggregate: 'average', window: 5, is: 'below', threshold: 0.8 } },
    },
    action: 'slack',
    message: { title: 'Accuracy dropped: ${run_name}', text: '${metric_filter}: ${metric_value} in ${run_url}', severity: 'warn' },
  },
  {
    id: 'loss-nan',
    title: 'Alert when the loss becomes NaN',
    sentence: 'Posts to Slack as soon as a run logs a loss that is NaN or infinite.',
    featured: true,
    start: { name: 'Loss became NaN', on: 'run.metric_threshold', filter: { metric: { name: 'loss', is: 'nan_or_infinite' } } },
    action: 'slack',
    message: {
      title: 'Loss is ${metric_value}: ${run_name}',
      text: 'Nothing more will be learned. Stop it at ${run_url}',
      severity: 'error',
    },
  },
  {
    id: 'loss-plateau',
    title: 'Stop when the loss plateaus',
    sentence: 'Calls your scheduler when the loss has changed by less than 1 % over its last ten values.',
    start: {
      name: 'Loss has settled',
      on: 'run.metric_change',
      filter: {
        change: { name: 'loss', aggregate: 'average', window: 10, priorWindow: 10, measure: 'relative', by: 'less_than', amount: 0.01 },
      },
    },
    action: 'webhook',
    preset: 'generic',
  },
  {
    id: 'retrain',
    title: 'Retrain on a metric',
    sentence: 'Starts a training workflow when a model in use does worse than its usual.',
    start: {
      name: 'Retrain when the error rises',
      on: 'run.metric_change',
      filter: {
        change: { name: 'error_rate', aggregate: 'average', window: 10, priorWindow: 50, measure: 'relative', by: 'increase', amount: 0.1 },
      },
    },
    action: 'webhook',
    preset: 'github',
  },
  {
    id: 'new-model',
    title: 'Notify on a new model version',
    sentence: 'Posts to Slack when a version is linked to a collection of the registry.',
    start: { name: 'New model version', on: 'artifact.linked', filter: {} },
    action: 'slack',
    message: {
      title: 'New version of ${artifact_collection_name}',
      text: '${event_author} linked ${source_version_string}: ${artifact_url}',
      severity: 'info',
    },
  },
  {
    id: 'deploy-on-alias',
    title: 'Deploy on an alias',
    sentence: 'Calls your deployment when a version gets the alias production.',
    featured: true,
    start: { name: 'Deploy on production', on: 'artifact.alias_added', filter: { alias: '^production$' } },
    action: 'webhook',
    preset: 'generic',
  },
  {
    id: 'new-dataset',
    title: 'Process a new dataset version',
    sentence: 'Calls your pipeline for each new version of a dataset.',
    start: { name: 'Process new data', on: 'artifact.created', filter: {} },
    action: 'webhook',
    preset: 'generic',
  },
  {
    id: 'failed-runs',
    title: 'Alert on failed runs',
    sentence: 'Posts to Slack when a run fails or crashes.',
    featured: true,
    start: { name: 'Failed runs', on: 'run.state', filter: { states: ['failed'] } },
    action: 'slack',
    message: { title: '${run_name} ${run_status}', text: '${entity_name}/${project_name}: ${run_url}', severity: 'error' },
  },
  {
    id: 'long-runs',
    title: 'Notify when long runs complete',
    sentence: 'Posts to Slack when a run of more than an hour has finished.',
    start: { name: 'Long run finished', on: 'run.state', filter: { states: ['finished'], run: { minDurationSeconds: 3600 } } },
    action: 'slack',
    message: { title: '${run_name} finished', text: '${run_url}', severity: 'info' },
  },
  {
    id: 'daily-summary',
    title: 'Daily summary of experiments',
    sentence: 'Posts what ran since yesterday, every morning at nine.',
    start: { name: 'Morning summary', on: 'schedule', filter: { schedule: { cron: '0 9 * * *', timeZone: 'UTC' } } },
    action: 'slack',
    message: { title: 'Runs since yesterday', text: '${summary_text}\n```\n${summary_table}\n```', severity: 'info' },
  },
  {
    id: 'external-tracker',
    title: 'Update an external tracker',
    sentence: 'Sends each finished or failed run to your own system.',
    start: { name: 'Keep the tracker up to date', on: 'run.state', filter: { states: ['finished', 'failed'] } },
    action: 'webhook',
    preset: 'generic',
  },
  {
    id: 'sync-registry',
    title: 'Sync the registry with deployments',
    sentence: 'Tells your deployment about each version that enters a collection.',
    start: { name: 'Sync deployments', on: 'artifact.linked', filter: {} },
    action: 'webhook',
    preset: 'generic',
  },
  {
    id: 'ci-cd',
    title: 'Trigger CI/CD',
    sentence: 'Starts a GitHub workflow when a version gets the alias staging.',
    start: { name: 'Build and deploy', on: 'artifact.alias_added', filter: { alias: '^staging$' } },
    action: 'webhook',
    preset: 'github',
  },
  {
    id: 'validate-linked',
    title: 'Validate a newly linked version',
    sentence: 'Starts your checks when a model or dataset is linked to the registry.',
    start: { name: 'Validate linked versions', on: 'artifact.linked', filter: {} },
    action: 'webhook',
    preset: 'github',
  },
  {
    id: 'process-alias',
    title: 'Process an artifact that gets an alias',
    sentence: 'Calls your pipeline when a version is marked, for example as test-set-quality-check.',
    start: { name: 'Process marked versions', on: 'artifact.alias_added', filter: { alias: '^test-set-quality-check$' } },
    action: 'webhook',
    preset: 'generic',
  },
];
