import type { ActionDocument, AutomationDocument } from './automation.ts';
import type { CodeContext } from './code-context.ts';
import { compactDocument } from './compact-document.ts';
import { exactText } from './describe.ts';
import type { AutomationEvent } from './event-types.ts';
import type { Filter, MetricChange, MetricThreshold, MetricZscore, RunFilter } from './filter.ts';
import { REGISTRY_PROJECT_PREFIX } from './fixed-names.ts';
import { isJsonObject } from './is-json-object.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { priorWindowOf } from './prior-window.ts';
import { toPython } from './python-text.ts';
import { DEFAULT_DELAYS_SECONDS } from './retry.ts';
import type { ScopeDocument } from './scope.ts';
import { scopeKindOf, scopeNameOf } from './scope-name.ts';

const EVENT_CLASSES: Partial<Record<AutomationEvent, string>> = {
  'artifact.created': 'OnCreateArtifact',
  'artifact.linked': 'OnLinkArtifact',
  'artifact.unlinked': 'OnUnlinkArtifact',
  'artifact.alias_added': 'OnAddArtifactAlias',
  'artifact.tag_added': 'OnAddArtifactTag',
  'artifact.tag_removed': 'OnRemoveArtifactTag',
  'collection.tag_added': 'OnAddCollectionTag',
  'collection.tag_removed': 'OnRemoveCollectionTag',
  'run.metric_threshold': 'OnRunMetric',
  'run.metric_change': 'OnRunMetric',
  'run.metric_zscore': 'OnRunMetric',
  'run.state': 'OnRunState',
};

/** The automation for the stock wandb client (checked against 0.28.2); through REST where the client cannot say it. */
export function pythonView(document: AutomationDocument, context: CodeContext): string {
  const reasons = reasonsAgainstClient(document);
  return reasons.length ? restView(document, context, reasons) : clientView(document, context);
}

/** What the client cannot say and what must not be lost. */
function reasonsAgainstClient({ on, scope, filter }: AutomationDocument): string[] {
  const kind = scopeKindOf(scope);
  return [
    ...(EVENT_CLASSES[on] ? [] : ['it has no class for this event']),
    ...(on === 'artifact.created' && kind !== 'collection' ? ['its OnCreateArtifact takes one collection only'] : []),
    ...(filter.collection === undefined ? [] : ['it has no condition on the collection']),
    ...(filter.metric && !COMPARISONS[filter.metric.is] ? [`it cannot compare with "${filter.metric.is}"`] : []),
    ...(filter.change?.by === 'less_than' ? ['it has no "changes by less than"'] : []),
    ...(filter.run?.minDurationSeconds === undefined ? [] : ['it has no condition on a run’s duration']),
  ];
}

/** What the client has no field for, but the automation works without. */
function lostSettings({ cooldownSeconds, maxFiringsPerMinute, retry }: AutomationDocument): string[] {
  return [
    ...(cooldownSeconds ? ['cooldown'] : []),
    ...(maxFiringsPerMinute === 60 ? [] : ['firings per minute']),
    ...(JSON.stringify(retry.delaysSeconds) === JSON.stringify(DEFAULT_DELAYS_SECONDS) ? [] : ['retry schedule']),
  ];
}

function clientView(document: AutomationDocument, context: CodeContext): string {
  const names = new Set<string>();
  const events = new Set<string>();
  const uses = (name: string) => {
    (name === 'RunMetricFilter' ? events : names).add(name);
    return name;
  };
  const eventClass = uses(EVENT_CLASSES[document.on]!);
  const filter = filterCode(document.on, document.filter, uses);
  const action = actionCode(document, context, uses);
  const lost = lostSettings(document);
  const list = (imported: Set<string>) => [...imported].toSorted().join(', ');
  return [
    'import wandb',
    `from wandb.automations import ${list(names)}`,
    ...(events.size ? [`from wandb.automations.events import ${list(events)}`] : []),
    '',
    ...(lost.length ? [`# The client has no field for: ${lost.join(', ')}. The YAML and curl views keep them.`] : []),
    `api = wandb.Api(overrides={"base_url": ${toPython(context.publicUrl)}})`,
    ...action.before,
    '',
    `event = ${eventClass}(`,
    `    scope=${scopeCode(document.scope, context)},`,
    ...(filter ? [`    filter=${filter},`] : []),
    ')',
    `action = ${action.expression}`,
    '',
    'api.create_automation(',
    '    event >> action,',
    `    name=${toPython(document.name)},`,
    ...(document.description ? [`    description=${toPython(document.description)},`] : []),
    `    enabled=${toPython(document.enabled)},`,
    ')',
    '',
  ].join('\n');
}

function restView(document: AutomationDocument, context: CodeContext, reasons: string[]): string {
  return [
    ...reasons.map((reason, index) =>
      index
        ? `# and ${reason}.`
        : `# The wandb client cannot make this automation: ${reason}${reasons.length > 1 ? ',' : '. The REST API can.'}`,
    ),
    'import os',
    '',
    'import requests',
    '',
    'response = requests.post(',
    `    ${toPython(`${context.publicUrl}/api/v1/automations`)},`,
    '    headers={"Authorization": f"Bearer {os.environ[\'HOOKLINE_API_KEY\']}"},',
    `    json=${toPython(compactDocument(document), '    ')},`,
    '    timeout=30,',
    ')',
    'response.raise_for_status()',
    'print(response.json()["id"])',
    '',
  ].join('\n');
}

function scopeCode(scope: ScopeDocument, { organization = 'your-organization', collectionType = 'model' }: CodeContext): string {
  const parts = scopeNameOf(scope).split('/');
  const registryPath = (depth: number) => {
    const [registry, collection] = parts.slice(-depth);
    return { owner: parts.length > depth ? parts[0]! : organization, project: REGISTRY_PROJECT_PREFIX + registry, collection };
  };
  switch (scopeKindOf(scope)) {
    case 'project':
      return `api.project(${toPython(parts[1] ?? '')}, entity=${toPython(parts[0] ?? '')})`;
    case 'registry': {
      const { owner, project } = registryPath(1);
      return `api.project(${toPython(project)}, entity=${toPython(owner)})`;
    }
    case 'collection':
      return `api.artifact_collection(${toPython(collectionType)}, ${toPython(parts.join('/'))})`;
    case 'registryCollection': {
      const { owner, project, collection } = registryPath(2);
      return `api.artifact_collection(${toPython(collectionType)}, ${toPython(`${owner}/${project}/${collection}`)})`;
    }
    case 'team':
      return `api.team(${toPython(parts[0] ?? '')})`;
    case 'organization':
      return `api.organization(${toPython(parts[0] ?? '')})`;
  }
}

type Uses = (name: string) => string;

function filterCode(on: AutomationEvent, filter: Filter, uses: Uses): string | null {
  if (on === 'run.state') {
    const states = `${uses('RunEvent')}.state.in_(${toPython(filter.states ?? ['running', 'finished', 'failed'])})`;
    return withRunFilter(states, filter, uses, 'RunStateFilter', 'state');
  }
  const metric = metricCode(filter, uses);
  if (metric) return withRunFilter(metric, filter, uses, 'RunMetricFilter', 'metric');
  return artifactFilterCode(filter, uses);
}

function artifactFilterCode({ alias, tag, query }: Filter, uses: Uses): string | null {
  const patterns = Object.entries({ alias, tag }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (query) {
    const conditions = [...patterns.map(([field, pattern]): JsonValue => ({ [field]: { $regex: pattern } })), query as JsonValue];
    return toPython(conditions.length === 1 ? conditions[0]! : { $and: conditions }, '    ');
  }
  if (patterns.length === 0) return null;
  uses('ArtifactEvent');
  return patterns
    .map(([field, pattern]) => {
      const exact = exactText(pattern);
      return `ArtifactEvent.${field}.${exact === undefined ? `matches_regex(${toPython(pattern)})` : `eq(${toPython(exact)})`}`;
    })
    .join(' & ');
}

/** A run filter on the name alone reads best with &; the others have no field in the client, but it passes them on. */
function withRunFilter(expression: string, { run = {}, query }: Filter, uses: Uses, wrapper: string, key: string): string {
  const conditions = [...runConditions(run), ...(query ? [query as JsonObject] : [])];
  if (conditions.length === 0) return expression;
  if (conditions.length === 1 && run.name !== undefined)
    return `${expression}\n    & ${uses('RunEvent')}.name.matches_regex(${toPython(run.name)})`;
  return `${uses(wrapper)}(\n        ${key}=${expression.replaceAll('\n', '\n    ')},\n        run=${toPython({ $and: conditions }, '        ')},\n    )`;
}

function runConditions(run: RunFilter): JsonObject[] {
  return [
    ...(run.user === undefined ? [] : [{ username: { $eq: run.user } }]),
    ...(run.name === undefined ? [] : [{ display_name: { $regex: run.name } }]),
    ...(run.tags === undefined ? [] : [{ tags: { $all: run.tags } }]),
    ...(run.group === undefined ? [] : [{ group: { $eq: run.group } }]),
    ...(run.jobType === undefined ? [] : [{ jobType: { $eq: run.jobType } }]),
    ...Object.entries(run.config ?? {}).map(([name, value]): JsonObject => ({ [`config.${name}`]: { $eq: value as JsonValue } })),
  ];
}

const COMPARISONS: Partial<Record<MetricThreshold['is'], string>> = {
  above: 'gt',
  above_or_equal: 'gte',
  below: 'lt',
  below_or_equal: 'lte',
};
const AGGREGATES = { average: 'avg', min: 'min', max: 'max' };

function metricCode({ metric, change, zscore }: Filter, uses: Uses): string | null {
  if (metric) return `${windowed(metric, uses)}.${COMPARISONS[metric.is]}(${toPython(metric.threshold ?? 0)})`;
  if (change) return changeCode(change, uses);
  return zscore ? zscoreCode(zscore, uses) : null;
}

function windowed({ name, aggregate, window }: Pick<MetricThreshold, 'name' | 'aggregate' | 'window'>, uses: Uses): string {
  const metric = `${uses('RunEvent')}.metric(${toPython(name)})`;
  return aggregate === 'none' ? metric : `${metric}.${AGGREGATES[aggregate]}(${window})`;
}

function changeCode(rule: MetricChange, uses: Uses): string {
  if (rule.aggregate === 'none' || priorWindowOf(rule) === rule.window) {
    const method = { increase: 'increases_by', decrease: 'decreases_by', any: 'changes_by', less_than: '' }[rule.by];
    return `${windowed(rule, uses)}.${method}(${rule.measure === 'relative' ? 'frac' : 'diff'}=${toPython(rule.amount)})`;
  }
  return [
    `${uses('MetricChangeFilter')}(`,
    `        name=${toPython(rule.name)},`,
    `        agg="${rule.aggregate.toUpperCase()}",`,
    `        window=${rule.window},`,
    `        prior_window=${priorWindowOf(rule)},`,
    `        change_type="${rule.measure.toUpperCase()}",`,
    `        change_dir="${rule.by.toUpperCase()}",`,
    `        threshold=${toPython(rule.amount)},`,
    '    )',
  ].join('\n');
}

function zscoreCode({ name, window, direction, threshold }: MetricZscore, uses: Uses): string {
  const zscore = `${uses('RunEvent')}.metric(${toPython(name)}).zscore(${window})`;
  if (direction === 'below') return `${zscore}.lt(${toPython(-threshold)})`;
  return `${zscore}${direction === 'either' ? '.abs()' : ''}.gt(${toPython(threshold)})`;
}

function actionCode(document: AutomationDocument, context: CodeContext, uses: Uses): { before: string[]; expression: string } {
  const { action } = document;
  const team = toPython(teamOf(document, context));
  if ('webhook' in action) {
    const before = [`hook = next(h for h in api.webhook_integrations(entity=${team}) if h.name == ${toPython(action.webhook)})`];
    return { before, expression: `${uses('SendWebhook')}.from_integration(hook${payloadCode(action)})` };
  }
  if ('slack' in action) {
    const before = [`channel = next(c for c in api.slack_integrations(entity=${team}) if c.channel_name == ${toPython(action.slack)})`];
    const texts = [
      ...(action.title ? [`    title=${toPython(action.title)},`] : []),
      ...(action.text ? [`    text=${toPython(action.text)},`] : []),
    ];
    const level = `    level="${action.severity.toUpperCase()}",`;
    return { before, expression: [`${uses('SendNotification')}.from_integration(`, '    channel,', ...texts, level, ')'].join('\n') };
  }
  return { before: [], expression: `${uses('DoNothing')}()` };
}

const teamOf = ({ team, scope }: AutomationDocument, context: CodeContext): string =>
  team ??
  context.team ??
  ('project' in scope || 'collection' in scope || 'team' in scope ? scopeNameOf(scope).split('/')[0]! : 'your-team');

/** The client takes objects only; other templates travel as the server knows them. */
function payloadCode(action: Extract<ActionDocument, { webhook: string }>): string {
  if (action.payload === undefined) return '';
  const payload =
    typeof action.payload === 'string' ? (objectIn(action.payload) ?? { __template__: action.payload }) : (action.payload as JsonValue);
  return `, payload=${toPython(Array.isArray(payload) || typeof payload !== 'object' ? { __template__: JSON.stringify(payload) } : payload)}`;
}

function objectIn(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) ? value : null;
  } catch {
    return null; // a template need not be JSON before its values are in
  }
}
