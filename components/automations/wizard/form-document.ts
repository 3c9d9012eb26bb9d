import type { AutomationDocument } from '#lib/domain/automation.ts';
import { eventTypeOf, type FilterKey } from '#lib/domain/event-types.ts';
import type { RunFilter } from '#lib/domain/filter.ts';
import type { JsonObject, JsonValue } from '#lib/domain/json.ts';
import type { ScopeDocument } from '#lib/domain/scope.ts';
import { scopeKindOf, scopeNameOf } from '#lib/domain/scope-name.ts';
import { emptyValues, type RunFilterRow, type WizardValues } from './form-values.ts';

/** What the fields say, as a document. It may be incomplete: empty fields are left out, text that is no number stays text. */
export function toDocument(values: WizardValues): JsonObject {
  const { name, description, enabled, on } = values;
  const scope = scopeOf(values.scope);
  return {
    name: name.trim(),
    ...(description.trim() && { description: description.trim() }),
    enabled,
    ...(scope && { scope }),
    on,
    filter: filterOf(values),
    action: actionOf(values.action),
    ...(teamToSay(values) && { team: values.team }),
    cooldownSeconds: numberOf(values.cooldownSeconds) ?? 0,
    maxFiringsPerMinute: numberOf(values.maxFiringsPerMinute) ?? 60,
    retry: { delaysSeconds: values.retry.delaysSeconds },
  };
}

export function toValues(document: Omit<AutomationDocument, 'team'> & { team?: string | undefined }): WizardValues {
  const empty = emptyValues();
  const { filter, action } = document;
  const kind = scopeKindOf(document.scope);
  const name = scopeNameOf(document.scope);
  const matching = filter.collection !== undefined && (kind === 'project' || kind === 'registry');
  return {
    on: document.on,
    scope: matching ? { kind: 'matching', name: `${kind}:${name}` } : { kind, name },
    filter: {
      alias: filter.alias ?? '',
      tag: filter.tag ?? '',
      collection: filter.collection ?? '',
      metric: filter.metric
        ? { ...filter.metric, window: String(filter.metric.window), threshold: textOf(filter.metric.threshold) }
        : empty.filter.metric,
      change: filter.change
        ? {
            ...filter.change,
            window: String(filter.change.window),
            priorWindow: String(filter.change.priorWindow ?? filter.change.window),
            amount: textOf(filter.change.measure === 'relative' ? percentOf(filter.change.amount) : filter.change.amount),
          }
        : empty.filter.change,
      zscore: filter.zscore
        ? { ...filter.zscore, window: String(filter.zscore.window), threshold: textOf(filter.zscore.threshold) }
        : empty.filter.zscore,
      states: filter.states ?? empty.filter.states,
      silentMinutes: textOf(filter.silentMinutes) || empty.filter.silentMinutes,
      schedule: filter.schedule ?? empty.filter.schedule,
      run: rowsOf(filter.run ?? {}),
      query: filter.query ? JSON.stringify(filter.query) : '',
    },
    team: document.team ?? teamOfScope(document.scope) ?? '',
    action: {
      ...empty.action,
      ...('webhook' in action && { kind: 'webhook', webhook: action.webhook, payload: payloadText(action.payload) }),
      ...('slack' in action && {
        kind: 'slack',
        slack: action.slack,
        title: action.title ?? '',
        text: action.text ?? '',
        severity: action.severity,
      }),
      ...('nothing' in action && { kind: 'nothing' }),
    },
    name: document.name,
    description: document.description ?? '',
    enabled: document.enabled,
    cooldownSeconds: String(document.cooldownSeconds),
    maxFiringsPerMinute: String(document.maxFiringsPerMinute),
    retry: { delaysSeconds: [...document.retry.delaysSeconds] },
  };
}

/** The place alone, whether or not collections in it are narrowed; null while none is chosen. */
export function scopeOf({ kind, name }: WizardValues['scope']): ScopeDocument | null {
  if (!name) return null;
  if (kind !== 'matching') return { [kind]: name } as ScopeDocument;
  const colon = name.indexOf(':');
  return { [name.slice(0, colon)]: name.slice(colon + 1) } as ScopeDocument;
}

/** A registry's scope with its organization said, as the choices name it. */
export function qualified(scope: ScopeDocument, organization: string | undefined): ScopeDocument {
  if (!organization) return scope;
  if ('registry' in scope && !scope.registry.includes('/')) return { registry: `${organization}/${scope.registry}` };
  if ('registryCollection' in scope && scope.registryCollection.split('/').length === 2)
    return { registryCollection: `${organization}/${scope.registryCollection}` };
  return scope;
}

/** The entity that a scope names, whose integrations are meant unless another is said; registries and organizations have none. */
export function teamOfScope(scope: ScopeDocument): string | undefined {
  const kind = scopeKindOf(scope);
  return kind === 'project' || kind === 'collection' || kind === 'team' ? scopeNameOf(scope).split('/')[0] : undefined;
}

/** Empty: undefined. What is no number stays as it was typed, for the schema to refuse in its own words. */
export function numberOf(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const value = Number(trimmed);
  return Number.isNaN(value) ? trimmed : value;
}

const textOf = (value: number | undefined) => (value === undefined ? '' : String(value));
/** 0.07 is 7 %, not 7.000000000000001 %. */
const percentOf = (fraction: number) => Number((fraction * 100).toPrecision(12));
const fractionOf = (percent: number | string | undefined) =>
  typeof percent === 'number' ? Number((percent / 100).toPrecision(12)) : percent;

function teamToSay({ team, scope, action }: WizardValues): boolean {
  const place = scopeOf(scope);
  return team !== '' && action.kind !== 'nothing' && (!place || teamOfScope(place) !== team);
}

function filterOf({ on, filter, scope }: WizardValues): JsonObject {
  const narrowed = scope.kind === 'collection' || scope.kind === 'registryCollection';
  const all: Record<FilterKey, JsonValue | undefined> = {
    alias: filter.alias || undefined,
    tag: filter.tag || undefined,
    collection: narrowed ? undefined : filter.collection || undefined,
    metric: metricOf(filter.metric),
    change: compact({
      name: filter.change.name,
      aggregate: filter.change.aggregate,
      ...(filter.change.aggregate !== 'none' && {
        window: numberOf(filter.change.window),
        priorWindow: numberOf(filter.change.priorWindow),
      }),
      measure: filter.change.measure,
      by: filter.change.by,
      amount: filter.change.measure === 'relative' ? fractionOf(numberOf(filter.change.amount)) : numberOf(filter.change.amount),
    }),
    zscore: compact({ ...filter.zscore, window: numberOf(filter.zscore.window), threshold: numberOf(filter.zscore.threshold) }),
    states: filter.states,
    silentMinutes: numberOf(filter.silentMinutes),
    schedule: { cron: filter.schedule.cron.trim(), timeZone: filter.schedule.timeZone },
    run: runFilterOf(filter.run),
    query: filter.query ? (JSON.parse(filter.query) as JsonValue) : undefined,
  };
  return compact(Object.fromEntries(eventTypeOf(on).filterKeys.map((key) => [key, all[key]])));
}

function metricOf({ name, aggregate, window, is, threshold }: WizardValues['filter']['metric']): JsonObject {
  if (is === 'nan_or_infinite') return { name, is };
  return compact({ name, aggregate, ...(aggregate !== 'none' && { window: numberOf(window) }), is, threshold: numberOf(threshold) });
}

function compact(object: Record<string, JsonValue | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}

function runFilterOf(rows: readonly RunFilterRow[]): JsonObject | undefined {
  const filter: JsonObject = {};
  const config: JsonObject = {};
  for (const { kind, key, text, values } of rows) {
    if (kind === 'tags') {
      if (values.length) filter.tags = values;
    } else if (kind === 'config') {
      if (key.trim()) config[key.trim()] = configValue(text);
    } else if (kind === 'minDuration') {
      const minutes = numberOf(text);
      if (minutes !== undefined) filter.minDurationSeconds = typeof minutes === 'number' ? minutes * 60 : minutes;
    } else if (text.trim()) filter[kind] = text.trim();
  }
  if (Object.keys(config).length) filter.config = config;
  return Object.keys(filter).length ? filter : undefined;
}

/** 0.1, true and "text" are JSON; anything else is text as typed. */
function configValue(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

function rowsOf(filter: RunFilter): RunFilterRow[] {
  const row = (kind: RunFilterRow['kind'], rest: Partial<RunFilterRow>) => ({ kind, key: '', text: '', values: [], ...rest });
  return [
    ...(filter.tags ? [row('tags', { values: filter.tags })] : []),
    ...(filter.user ? [row('user', { text: filter.user })] : []),
    ...(filter.name ? [row('name', { text: filter.name })] : []),
    ...(filter.group ? [row('group', { text: filter.group })] : []),
    ...(filter.jobType ? [row('jobType', { text: filter.jobType })] : []),
    ...Object.entries(filter.config ?? {}).map(([key, value]) => row('config', { key, text: configText(value) })),
    ...(filter.minDurationSeconds === undefined ? [] : [row('minDuration', { text: String(filter.minDurationSeconds / 60) })]),
  ];
}

/** Text stands without quotes, unless it would then be read as something else. */
const configText = (value: JsonValue) => (typeof value === 'string' && configValue(value) === value ? value : JSON.stringify(value));

function actionOf({ kind, webhook, payload, slack, title, text, severity }: WizardValues['action']): JsonObject {
  if (kind === 'nothing') return { nothing: true };
  if (kind === 'slack') return { slack, ...(title && { title }), ...(text && { text }), severity };
  return { webhook, ...(payload.trim() && { payload: payloadOf(payload) }) };
}

/** A payload's text as documents hold it: as a JSON value where that loses nothing, else exactly as typed. */
export function payloadOf(text: string): JsonValue {
  try {
    const value = JSON.parse(text) as JsonValue;
    if (typeof value === 'object' && value !== null && payloadText(value).trim() === text.trim()) return value;
  } catch {
    // Placeholders may stand where JSON expects a value: then it is text.
  }
  return text;
}

export const payloadText = (payload: JsonValue | undefined): string =>
  payload === undefined ? '' : typeof payload === 'string' ? payload : JSON.stringify(payload, null, 2);
