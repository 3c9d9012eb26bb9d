import type { ActionDocument, AutomationDocument } from './automation.ts';
import { scheduleWords } from './cron-words.ts';
import { type AutomationEvent, eventTypeOf, isMetricEvent } from './event-types.ts';
import type { Filter, MetricChange, MetricThreshold, MetricZscore, RunFilter } from './filter.ts';
import { bareText } from './pattern-text.ts';
import { inNamedFields, queryWords } from './query-words.ts';
import {
  aggregateWords,
  amountWords,
  COMPARISON_WORDS,
  durationWords,
  metricRuleWords,
  mono,
  numberWords,
  type Part,
  plain,
  strong,
  type Words,
} from './rule-words.ts';
import type { ScopeDocument } from './scope.ts';
import { scopeKindOf, scopeNameOf } from './scope-name.ts';

export type Described = Pick<AutomationDocument, 'on' | 'scope' | 'action'> & { filter: Filter };

/** One line for lists: "When val/loss averages below 0.3 over 5 values → deploy-hook". */
export const describeAutomation = (automation: Described): Words => [
  ...describeTrigger(automation),
  plain(' → '),
  ...describeAction(automation.action),
];

/** The first half of that line: the event, the runs and what else must hold. */
export function describeTrigger({ on, filter: kept, scope }: Omit<Described, 'action'>): Words {
  const filter = inNamedFields(kept);
  return [...eventWords(on, filter, scope, runFilterWords(filter.run)), ...whereWords(filter)];
}

/** Where it goes, in a word. */
export function describeAction(action: ActionDocument): Words {
  if ('webhook' in action) return [mono(action.webhook)];
  if ('slack' in action) return [mono(channelName(action.slack))];
  return [plain('do nothing')];
}

const channelName = (slack: string) => (slack.startsWith('#') ? slack : `#${slack}`);

/** The whole rule in one sentence or two, for the summary before saving. */
export function describeInFull({ on, filter: kept, scope, action }: Described): Words {
  const filter = inNamedFields(kept);
  const where = scopeWords(scope);
  const isOfRuns = on === 'schedule' || eventTypeOf(on).family === 'run';
  const runs = isOfRuns ? joinedWords([[plain('of '), ...where], runFilterWords(filter.run)], ' ') : [];
  const rule = isMetricEvent(on) && !filter.metric?.is.startsWith('nan') ? metricRuleWords(filter) : null;
  const event = rule
    ? [plain(aggregateOf(filter) === 'none' ? 'When ' : 'When the '), ...rule, ...inRun(runs)]
    : eventWords(on, filter, scope, runs);
  const place = isOfRuns ? [] : [plain(' in '), ...where];
  return [...event, ...place, ...whereWords(filter), plain(', Hookline '), ...actionSentence(action), plain(limitWords(on))];
}

const aggregateOf = ({ metric, change }: Filter) => (metric ?? change)?.aggregate ?? 'none';

/** `runs` says which runs it is about, as words that follow "a run"; none for all. */
function eventWords(on: AutomationEvent, filter: Filter, scope: ScopeDocument, runs: Words): Words {
  const about = runs.length > 0 ? [plain(' '), ...runs] : [];
  switch (on) {
    case 'schedule':
      return [
        plain(filter.schedule ? scheduleWords(filter.schedule) : 'When the time has come'),
        ...(about.length > 0 ? [plain(' for the runs'), ...about] : []),
      ];
    case 'run.state':
      return [plain('When a run'), ...about, plain(' changes to '), ...stateWords(filter.states ?? ['running', 'finished', 'failed'])];
    case 'run.silent':
      return [plain('When a run'), ...about, plain(' stops reporting for '), strong(`${numberWords(filter.silentMinutes ?? 10)} min`)];
    default:
      return [plain('When '), ...triggerWords(on, filter, scope), ...inRun(runs)];
  }
}

const inRun = (runs: Words): Words => (runs.length > 0 ? [plain(' in a run '), ...runs] : []);

function actionSentence(action: ActionDocument): Words {
  if ('webhook' in action)
    return [plain(action.payload === undefined ? 'sends the event to ' : 'sends the payload to '), mono(action.webhook)];
  if ('slack' in action) return [plain('posts to '), mono(channelName(action.slack))];
  return [plain('notes it and does nothing else')];
}

function limitWords(on: AutomationEvent): string {
  if (isMetricEvent(on) || on === 'run.silent') return ', at most once per run in 24 hours.';
  return on === 'run.state' ? ', once per run and new state.' : '.';
}

const SCOPE_WORDS = {
  project: '',
  collection: '',
  registry: 'the registry ',
  registryCollection: 'the registry’s ',
  team: 'all of ',
  organization: 'all of ',
};

/** "acme/vision", "the registry model", "all of acme". */
export const scopeWords = (scope: ScopeDocument): Words => {
  const before = SCOPE_WORDS[scopeKindOf(scope)];
  return before ? [plain(before), mono(scopeNameOf(scope))] : [mono(scopeNameOf(scope))];
};

type Told = 'schedule' | 'run.state' | 'run.silent';

function triggerWords(on: Exclude<AutomationEvent, Told>, filter: Filter, scope: ScopeDocument): Words {
  const collection = collectionWords(filter, scope);
  const carrying = carryingWords(on, filter);
  switch (on) {
    case 'artifact.created':
      return [plain('a new version'), ...(collection.length ? [plain(' of '), ...collection] : []), ...carrying, plain(' is created')];
    case 'artifact.linked':
      return [plain('a version'), ...carrying, plain(' is linked'), ...(collection.length ? [plain(' to '), ...collection] : [])];
    case 'artifact.unlinked':
      return [plain('a version'), ...carrying, plain(' is unlinked'), ...(collection.length ? [plain(' from '), ...collection] : [])];
    case 'artifact.alias_added':
      return [...patternWords('an alias', 'the alias', filter.alias), plain(' is added'), ...to(collection), ...carrying];
    case 'artifact.tag_added':
      return [...patternWords('a tag', 'the tag', filter.tag), plain(' is added to a version'), ...of(collection), ...carrying];
    case 'artifact.tag_removed':
      return [...patternWords('a tag', 'the tag', filter.tag), plain(' is removed from a version'), ...of(collection), ...carrying];
    case 'collection.tag_added':
      return [
        ...patternWords('a tag', 'the tag', filter.tag),
        plain(' is added to '),
        ...(collection.length ? collection : [plain('a collection')]),
      ];
    case 'collection.tag_removed':
      return [
        ...patternWords('a tag', 'the tag', filter.tag),
        plain(' is removed from '),
        ...(collection.length ? collection : [plain('a collection')]),
      ];
    case 'run.metric_threshold':
      return filter.metric ? thresholdLine(filter.metric) : [plain('a metric meets its threshold')];
    case 'run.metric_change':
      return filter.change ? changeLine(filter.change) : [plain('a metric changes')];
    case 'run.metric_zscore':
      return filter.zscore ? zscoreLine(filter.zscore) : [plain('a metric is out of the ordinary')];
  }
}

const stateWords = (states: readonly string[]): Words =>
  joined(
    states.map((state) => strong(capital(state))),
    'or',
  );
const to = (collection: Words): Words => (collection.length ? [plain(' to '), ...collection] : []);
const of = (collection: Words): Words => (collection.length ? [plain(' of '), ...collection] : []);
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const joinedWords = (parts: readonly Words[], between: string): Words =>
  parts.filter((words) => words.length > 0).flatMap((words, index) => (index ? [plain(between), ...words] : words));

function joined(parts: Part[], last: 'and' | 'or'): Words {
  return parts.flatMap((part, index) => {
    if (index === 0) return [part];
    return [plain(index === parts.length - 1 ? ` ${last} ` : ', '), part];
  });
}

/** "the alias production" for a plain name, "an alias matching ^v" for a pattern, "an alias" for none. */
function patternWords(any: string, the: string, pattern: string | undefined): Words {
  if (pattern === undefined) return [plain(any)];
  const exact = exactText(pattern);
  return exact === undefined ? [plain(`${any} matching `), mono(pattern)] : [plain(`${the} `), mono(exact)];
}

/** The one text that an anchored pattern such as ^production$ matches. */
export const exactText = (pattern: string): string | undefined =>
  pattern.startsWith('^') && pattern.endsWith('$') ? bareText(pattern) : undefined;

function collectionWords(filter: Filter, scope: ScopeDocument): Words {
  if (filter.collection !== undefined)
    return patternWords('a collection', 'the collection', filter.collection).slice(exactText(filter.collection) === undefined ? 0 : 1);
  const kind = scopeKindOf(scope);
  return kind === 'collection' || kind === 'registryCollection' ? [mono(scopeNameOf(scope).split('/').at(-1)!)] : [];
}

/** Alias and tag conditions beside the event's own subject. */
function carryingWords(on: AutomationEvent, { alias, tag }: Filter): Words {
  const words: Words[] = [];
  if (alias !== undefined && on !== 'artifact.alias_added') words.push(patternWords('an alias', 'the alias', alias));
  if (tag !== undefined && !on.includes('tag_')) words.push(patternWords('a tag', 'the tag', tag));
  return words.flatMap((one, index) => [plain(index ? ' and ' : ' with '), ...one]);
}

function thresholdLine(rule: MetricThreshold): Words {
  if (rule.is === 'nan_or_infinite' || rule.aggregate === 'none') return metricRuleWords({ metric: rule })!;
  const limit = strong(numberWords(rule.threshold ?? 0));
  const values = `${numberWords(rule.window)} ${rule.window === 1 ? 'value' : 'values'}`;
  if (rule.aggregate !== 'average') {
    return [
      plain(`the ${rule.aggregate === 'max' ? 'highest' : 'lowest'} of ${values} of `),
      mono(rule.name),
      plain(` ${COMPARISON_WORDS[rule.is]} `),
      limit,
    ];
  }
  if (rule.is === 'not_equal') return [plain('the '), ...aggregateWords(rule), plain(' does not equal '), limit];
  const comparison = rule.is === 'equal' ? 'exactly' : COMPARISON_WORDS[rule.is].replace('is ', '');
  return [mono(rule.name), plain(` averages ${comparison} `), limit, plain(` over ${values}`)];
}

const MOVES = {
  increase: 'rises by at least',
  decrease: 'falls by at least',
  any: 'rises or falls by at least',
  less_than: 'changes by less than',
};

function changeLine(rule: MetricChange): Words {
  const over = rule.aggregate === 'none' ? ' from one value to the next' : ` over its last ${numberWords(rule.window)} values`;
  return [mono(rule.name), plain(` ${MOVES[rule.by]} `), strong(amountWords(rule)), plain(over)];
}

function zscoreLine({ name, threshold, direction, window }: MetricZscore): Words {
  const side = { above: 'above', below: 'below', either: 'off' }[direction];
  return [mono(name), plain(' is '), strong(`${numberWords(threshold)} σ`), plain(` ${side} its last ${numberWords(window)} values`)];
}

/** "tagged baseline, by ana, whose name matches ^sweep-"; empty where every run counts. */
export function runFilterWords(run: RunFilter = {}): Words {
  const words: Words[] = [];
  if (run.tags) words.push([plain('tagged '), ...joined(run.tags.map(mono), 'and')]);
  if (run.user) words.push([plain('by '), mono(run.user)]);
  if (run.name) words.push([plain('whose name matches '), mono(run.name)]);
  if (run.group) words.push([plain('in group '), mono(run.group)]);
  if (run.jobType) words.push([plain('of job type '), mono(run.jobType)]);
  for (const [key, value] of Object.entries(run.config ?? {})) words.push([plain('with '), mono(`${key} = ${JSON.stringify(value)}`)]);
  if (run.minDurationSeconds !== undefined) words.push([plain('that ran at least '), strong(durationWords(run.minDurationSeconds))]);
  return joinedWords(words, ', ');
}

function whereWords({ query }: Filter): Words {
  const words = query ? queryWords(query) : [];
  return words.length > 0 ? [plain(' where '), ...words] : [];
}

/** A filter's conditions, one sentence each, for an automation's page. */
export function describeFilter(on: AutomationEvent, kept: Filter): Words[] {
  const filter = inNamedFields(kept);
  const rule = metricRuleWords(filter);
  const run = runFilterWords(filter.run);
  const query = filter.query ? queryWords(filter.query) : [];
  return [
    ...(rule ? [rule] : []),
    ...(filter.alias ? [patternWords('an alias', 'the alias', filter.alias)] : []),
    ...(filter.tag ? [patternWords('a tag', 'the tag', filter.tag)] : []),
    ...(filter.collection ? [patternWords('a collection', 'the collection', filter.collection)] : []),
    ...(on === 'run.state' && filter.states ? [[plain('the new state is '), ...stateWords(filter.states)]] : []),
    ...(filter.silentMinutes ? [[plain('no value for '), strong(`${numberWords(filter.silentMinutes)} min`)]] : []),
    ...(filter.schedule ? [[plain(scheduleWords(filter.schedule))]] : []),
    ...(run.length ? [[plain('runs '), ...run]] : []),
    ...(query.length ? [[plain('where '), ...query]] : []),
  ];
}
