import type { MetricEvidence } from './decision.ts';
import { AUTOMATION_EVENTS, type AutomationEvent, EVENT_TYPES, eventTypeOf, METRIC_EVENTS } from './event-types.ts';
import type { Filter } from './filter.ts';
import { automationIdText } from './ids.ts';
import type { JsonValue } from './json.ts';
import { collectionPathAt, pagePaths, versionPathAt } from './page-paths.ts';
import { metricRuleOf, metricRuleWords, textOf } from './rule-words.ts';
import { scheduleTable, scheduleText } from './schedule-words.ts';
import type { ArtifactFacts, RunFacts, TrackedEvent } from './tracked-event.ts';

/** What a payload may say beyond the event itself. */
export type VariableContext = {
  automation: { id: number; name: string; on: AutomationEvent; filter: Filter };
  executionId: string;
  /** Without a slash at its end. */
  publicUrl: string;
  evidence?: MetricEvidence;
};

type VariableRow = {
  description: string;
  /** Why it is empty elsewhere: completes "… is empty for this event: ". */
  onlyFor: string;
  events: readonly AutomationEvent[];
  /** Undefined where this event has none. */
  value: (event: TrackedEvent, context: VariableContext) => JsonValue | undefined;
};

const eventsOf = (...families: string[]) => AUTOMATION_EVENTS.filter((on) => families.includes(EVENT_TYPES[on].family));
const ALL = AUTOMATION_EVENTS;
const ARTIFACT = eventsOf('artifact');
const COLLECTION = eventsOf('artifact', 'collection');
const RUN = eventsOf('run');
const LINKED: AutomationEvent[] = [
  'artifact.linked',
  'artifact.unlinked',
  'artifact.alias_added',
  'artifact.tag_added',
  'artifact.tag_removed',
];
const TAGGED: AutomationEvent[] = ['artifact.tag_added', 'artifact.tag_removed', 'collection.tag_added', 'collection.tag_removed'];

const NEEDS_ARTIFACT = 'only artifact events carry a version.';
const NEEDS_SOURCE = 'only links, and aliases and tags in a registry, have a source.';
const NEEDS_RUN = 'only run events carry a run.';
const NEEDS_METRIC = 'only metric events judge a metric.';
const EVERYWHERE = { onlyFor: '', events: ALL };

const artifactOf = (event: TrackedEvent): ArtifactFacts | undefined => ('artifact' in event ? event.artifact : undefined);
const runOf = (event: TrackedEvent): RunFacts | undefined => ('run' in event ? event.run : undefined);
const sourceOf = (event: TrackedEvent) => artifactOf(event)?.source;

/** One row per variable of a payload; the editor's list, the check and the values all read this table. */
const VARIABLES = {
  event_type: {
    ...EVERYWHERE,
    description: 'The event, such as ADD_ARTIFACT_ALIAS.',
    value: (_event, { automation }) => eventTypeOf(automation.on).rendered,
  },
  event_author: { ...EVERYWHERE, description: 'The user who made it happen.', value: (event) => event.author ?? undefined },
  entity_name: { ...EVERYWHERE, description: 'The team, or in a registry the organization.', value: (event) => event.place.entity },
  project_name: { ...EVERYWHERE, description: 'The project; a registry is wandb-registry-<name>.', value: (event) => event.place.project },
  automation_name: { ...EVERYWHERE, description: 'This automation.', value: (_event, { automation }) => automation.name },
  artifact_version: {
    description: 'The version as the client opens it: wandb-artifact://_id/….',
    onlyFor: NEEDS_ARTIFACT,
    events: ARTIFACT,
    value: (event) => {
      const artifact = artifactOf(event);
      return artifact && `wandb-artifact://_id/${btoa(`Artifact:${artifact.id}`)}`;
    },
  },
  artifact_version_string: {
    description: 'The version as entity/project/collection:vN.',
    onlyFor: NEEDS_ARTIFACT,
    events: ARTIFACT,
    value: (event) => {
      const artifact = artifactOf(event);
      return artifact && `${event.place.entity}/${event.place.project}/${artifact.collection}:v${artifact.versionIndex}`;
    },
  },
  artifact_version_index: {
    description: 'The version’s number, as in v12.',
    onlyFor: NEEDS_ARTIFACT,
    events: ARTIFACT,
    value: (event) => artifactOf(event)?.versionIndex,
  },
  artifact_collection_name: {
    description: 'The collection.',
    onlyFor: 'only artifact and collection events carry a collection.',
    events: COLLECTION,
    value: (event) => artifactOf(event)?.collection ?? ('collection' in event ? event.collection.name : undefined),
  },
  artifact_metadata: {
    description: 'The version’s metadata; one key with a dot, as artifact_metadata.accuracy.',
    onlyFor: NEEDS_ARTIFACT,
    events: ARTIFACT,
    value: (event) => artifactOf(event)?.metadata,
  },
  artifact_url: {
    description: 'The page of the version or collection.',
    onlyFor: 'only artifact and collection events carry a collection.',
    events: COLLECTION,
    value: (event, { publicUrl }) => {
      const artifact = artifactOf(event);
      if (artifact) return publicUrl + versionPathAt(event.place, artifact.type, artifact.collection, artifact.versionIndex);
      return 'collection' in event ? publicUrl + collectionPathAt(event.place, event.collection.type, event.collection.name) : undefined;
    },
  },
  source_entity_name: {
    description: 'The team that the linked version comes from.',
    onlyFor: NEEDS_SOURCE,
    events: LINKED,
    value: (event) => sourceOf(event)?.entity,
  },
  source_project_name: {
    description: 'The project that it comes from.',
    onlyFor: NEEDS_SOURCE,
    events: LINKED,
    value: (event) => sourceOf(event)?.project,
  },
  source_collection_name: {
    description: 'The collection that it comes from.',
    onlyFor: NEEDS_SOURCE,
    events: LINKED,
    value: (event) => sourceOf(event)?.collection,
  },
  source_version_string: {
    description: 'Where it comes from, as entity/project/collection:vN.',
    onlyFor: NEEDS_SOURCE,
    events: LINKED,
    value: (event) => {
      const source = sourceOf(event);
      return source && `${source.entity}/${source.project}/${source.collection}:v${source.versionIndex}`;
    },
  },
  alias: {
    description: 'The alias that was added.',
    onlyFor: 'only "An artifact alias is added" has one.',
    events: ['artifact.alias_added'],
    value: (event) => ('alias' in event ? event.alias : undefined),
  },
  tag: {
    description: 'The tag that was added or removed.',
    onlyFor: 'only tag events have one.',
    events: TAGGED,
    value: (event) => ('tag' in event ? event.tag : undefined),
  },
  run_name: { description: 'The run’s display name.', onlyFor: NEEDS_RUN, events: RUN, value: (event) => runOf(event)?.name },
  run_id: { description: 'The run’s id.', onlyFor: NEEDS_RUN, events: RUN, value: (event) => runOf(event)?.runId },
  run_status: { description: 'The run’s state.', onlyFor: NEEDS_RUN, events: RUN, value: (event) => runOf(event)?.state },
  run_url: {
    description: 'The run’s page.',
    onlyFor: NEEDS_RUN,
    events: RUN,
    value: (event, { publicUrl }) => {
      const run = runOf(event);
      return run && publicUrl + pagePaths.run(event.place.entity, event.place.project, run.runId);
    },
  },
  metric_name: {
    description: 'The metric.',
    onlyFor: NEEDS_METRIC,
    events: METRIC_EVENTS,
    value: (_event, { evidence, automation }) => evidence?.metric ?? metricRuleOf(automation.filter)?.name,
  },
  metric_value: {
    description: 'What was compared: the value, average, lowest, highest, change or z-score.',
    onlyFor: NEEDS_METRIC,
    events: METRIC_EVENTS,
    value: (_event, { evidence }) => evidence && (evidence.compared ?? evidence.value),
  },
  metric_values: {
    description: 'The values it was judged by: a list; with a prior window { current, prior }.',
    onlyFor: NEEDS_METRIC,
    events: METRIC_EVENTS,
    value: (_event, { evidence }) =>
      evidence && (evidence.windows.prior ? { ...evidence.windows, prior: evidence.windows.prior } : evidence.windows.current),
  },
  metric_filter: {
    description: 'The rule in words.',
    onlyFor: NEEDS_METRIC,
    events: METRIC_EVENTS,
    value: (_event, { automation }) => {
      const words = metricRuleWords(automation.filter);
      return words ? textOf(words) : undefined;
    },
  },
  threshold: {
    description: 'The limit of the rule.',
    onlyFor: NEEDS_METRIC,
    events: METRIC_EVENTS,
    value: (_event, { automation }) => metricRuleOf(automation.filter)?.threshold ?? undefined,
  },
  summary: {
    description: 'The period’s runs, as JSON.',
    onlyFor: 'only schedules carry a summary.',
    events: ['schedule'],
    value: (event) => (event.type === 'schedule' ? event.summary : undefined),
  },
  summary_text: {
    description: 'The period’s runs in a sentence.',
    onlyFor: 'only schedules carry a summary.',
    events: ['schedule'],
    value: (event) => (event.type === 'schedule' ? scheduleText(event.summary) : undefined),
  },
  summary_table: {
    description: 'The period’s newest runs as a table of text, with their metrics; for a code block.',
    onlyFor: 'only schedules carry a summary.',
    events: ['schedule'],
    value: (event) => (event.type === 'schedule' ? scheduleTable(event.summary) : undefined),
  },
  event_id: { ...EVERYWHERE, description: 'The event’s id.', value: (event) => event.id },
  execution_id: {
    ...EVERYWHERE,
    description: 'This execution’s id, the same on every attempt.',
    value: (_event, { executionId }) => executionId,
  },
  automation_id: {
    ...EVERYWHERE,
    description: 'This automation’s id.',
    value: (_event, { automation }) => automationIdText(automation.id),
  },
  automation_url: {
    ...EVERYWHERE,
    description: 'This automation’s page.',
    value: (_event, { automation, publicUrl }) => publicUrl + pagePaths.automation(automationIdText(automation.id)),
  },
  timestamp: { ...EVERYWHERE, description: 'When it happened, ISO 8601.', value: (event) => new Date(event.at).toISOString() },
} as const satisfies Record<string, VariableRow>;

export type VariableName = keyof typeof VARIABLES;
export const VARIABLE_NAMES = Object.keys(VARIABLES) as VariableName[];
export const isVariableName = (name: string): name is VariableName => Object.hasOwn(VARIABLES, name);

export type Variable = { name: VariableName; description: string };

/** The variables that an event of this kind fills, in the order in which the palette shows them. */
export const variablesFor = (on: AutomationEvent): Variable[] =>
  VARIABLE_NAMES.filter((name) => isFilledBy(name, on)).map((name) => ({ name, description: VARIABLES[name].description }));

export const isFilledBy = (name: VariableName, on: AutomationEvent) => (VARIABLES[name].events as readonly AutomationEvent[]).includes(on);
export const whyEmpty = (name: VariableName): string => VARIABLES[name].onlyFor;
export const variableDescription = (name: VariableName): string => VARIABLES[name].description;

/**
 * The variables' values for one event: all of them, or those that a parsed template names, so that a payload pays only
 * for what it uses.
 */
export function valuesFor(
  event: TrackedEvent,
  context: VariableContext,
  names: readonly string[] = VARIABLE_NAMES,
): Record<string, JsonValue> {
  const values: Record<string, JsonValue> = {};
  for (const dotted of names) {
    const name = headOf(dotted);
    if (!isVariableName(name) || Object.hasOwn(values, name) || !isFilledBy(name, context.automation.on)) continue;
    const value = (VARIABLES[name] as VariableRow).value(event, context);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** The variable that a dotted name begins with. */
export const headOf = (name: string) => name.split('.', 1)[0]!;
