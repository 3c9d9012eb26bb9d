import { artifactChecks, involvedNames } from './artifact-filter.ts';
import type { Automation } from './automation.ts';
import { type Check, filterCheck, toClause } from './check.ts';
import type { Decision } from './decision.ts';
import { EVENT_TYPES, isMetricEvent } from './event-types.ts';
import type { Facts } from './facts.ts';
import type { Filter } from './filter.ts';
import { filterableState, limitChecks } from './limits.ts';
import { metricChecks } from './metric-clauses.ts';
import { registryNameOf } from './page-paths.ts';
import { namesDocument } from './query-fields.ts';
import { queryCheck } from './query-filter.ts';
import { runConditions } from './run-conditions.ts';
import { type Place, scopeContains } from './scope.ts';
import type { EventOf, RunFacts, TrackedEvent } from './tracked-event.ts';
import { inWords, listInWords } from './wording.ts';

/**
 * The whole rule for whether an automation fires on an event. Pure: live ingest, preview, backtest and explanation call it.
 * Metric values are judged before, by judgeSeries, whose finding is among the facts.
 */
export function decide(automation: Automation, event: TrackedEvent, facts: Facts): Decision {
  const evidence = facts.metric?.fired ?? facts.metric?.closest ?? undefined;
  const checks: Check[] = [];
  let failing: Check | undefined;
  for (const check of checksOf(automation, event, facts)) {
    checks.push(check);
    if (check.holds || failing) continue;
    failing = check;
    if (facts.explainSkips === false) return { kind: 'skip', because: check.because, clauses: [] };
  }
  const clauses = checks.map(toClause);
  const shown = evidence ? { evidence } : {};
  return failing ? { kind: 'skip', because: failing.because, clauses, ...shown } : { kind: 'fire', clauses, ...shown };
}

/** Every clause in the order in which it is shown; the first that does not hold is the reason. */
function* checksOf(automation: Automation, event: TrackedEvent, facts: Facts): Generator<Check> {
  if (!automation.enabled) yield { clause: 'enabled', holds: false, because: 'disabled', text: () => 'The automation is disabled' };
  yield eventCheck(automation, event);
  if (!takes(automation, event)) return;
  yield scopeCheck(automation, event.place);
  const matched = yield* allOf(filterChecks(automation, event, facts));
  // A limit is no reason while the filter does not match: it would read as if the event had come near.
  if (matched) yield* limitChecks(automation, event, facts);
}

/** Passes checks through and returns whether all of them held. */
function* allOf(checks: Iterable<Check>): Generator<Check, boolean> {
  let all = true;
  for (const check of checks) {
    all &&= check.holds;
    yield check;
  }
  return all;
}

/** Whether this is the kind of event that the automation waits for: lines of metrics serve all three metric events. */
const takes = (automation: Automation, event: TrackedEvent) =>
  isMetricEvent(automation.on) ? event.type === 'run.metrics' : event.type === automation.on;

function eventCheck(automation: Automation, event: TrackedEvent): Check {
  const label = EVENT_TYPES[automation.on].label;
  const holds = takes(automation, event);
  return filterCheck('event', holds, () => (holds ? label : `It waits for "${label}", this was ${event.type}`));
}

function scopeCheck(automation: Automation, place: Place): Check {
  const holds = scopeContains(automation.scope, place);
  return {
    clause: 'scope',
    holds,
    because: 'out_of_scope',
    text: () => `It happened in ${placeWords(place)}, ${holds ? 'inside' : 'outside'} the automation’s scope`,
  };
}

function placeWords({ isRegistry, entity, project, collection }: Place): string {
  const names = isRegistry ? [registryNameOf(project)] : [entity, project];
  return `${isRegistry ? 'the registry ' : ''}${[...names, ...(collection === undefined ? [] : [collection])].join('/')}`;
}

function* filterChecks(automation: Automation, event: TrackedEvent, facts: Facts): Generator<Check> {
  const { on, filter } = automation;
  switch (event.type) {
    case 'run.metrics':
      if (facts.metric === undefined) throw new Error('A metric event was to be decided without its finding.');
      yield* runConditions(filter, event.run);
      yield* metricChecks(on, filter, facts.metric);
      return;
    case 'run.state':
      yield stateCheck(filter, event.run);
      yield* runConditions(filter, event.run);
      return;
    case 'run.silent':
      yield silentCheck(filter, event.silentMinutes);
      yield* runConditions(filter, event.run);
      return;
    case 'schedule': // its run filter chooses the runs of the summary, which the event already holds
      yield scheduleCheck(event, automation.id);
      return;
    default: {
      const names = involvedNames(event)!;
      yield* artifactChecks(filter, names);
      const family = EVENT_TYPES[on].family === 'collection' ? 'collection' : 'artifact';
      if (filter.query) yield queryCheck(filter.query, namesDocument(names), family);
    }
  }
}

function stateCheck(filter: Filter, run: RunFacts): Check {
  const state = filterableState(run.state);
  const states = filter.states ?? [];
  const holds = state !== null && states.includes(state);
  return filterCheck('state', holds, () => {
    const became = state !== null && state !== run.state ? `${run.state}, which counts as ${state}` : run.state;
    return `The run became ${became}${holds ? '' : `, not ${listInWords(states)}`}`;
  });
}

function silentCheck(filter: Filter, minutes: number): Check {
  const asked = filter.silentMinutes ?? Number.POSITIVE_INFINITY;
  const holds = minutes >= asked;
  return filterCheck(
    'condition',
    holds,
    () => `No value for ${inWords(minutes)} min, ${holds ? 'at least' : 'less than'} ${inWords(asked)} min`,
  );
}

/** A schedule's event is made for one automation: its summary holds the runs that this automation's filter chooses. */
function scheduleCheck(event: EventOf<'schedule'>, automationId: number): Check {
  const holds = event.automationId === undefined || event.automationId === automationId;
  return filterCheck('condition', holds, () => {
    if (!holds) return 'It is the time of another automation';
    if (event.missed === 0) return 'It is time';
    return `It is time; ${inWords(event.missed)} earlier ${event.missed === 1 ? 'time was' : 'times were'} missed`;
  });
}
