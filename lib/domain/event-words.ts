import type { MetricEvidence } from './decision.ts';
import type { Filter } from './filter.ts';
import { registryNameOf } from './page-paths.ts';
import { durationWords, metricRuleWords, numberWords, textOf } from './rule-words.ts';
import type { Place } from './scope.ts';
import type { EventOf, ScheduleSummary, TrackedEvent } from './tracked-event.ts';

export type Judged = { filter: Filter; evidence?: MetricEvidence };

/** "acme/vision", "registry model". */
export const placeWords = (place: Place) =>
  place.isRegistry ? `registry ${registryNameOf(place.project)}` : `${place.entity}/${place.project}`;

/** What triggered it, for a row of the history: "swift-fox-12, average 0.299", "production on detector:v12". */
export function eventTitle(event: TrackedEvent, judged?: Judged): string {
  switch (event.type) {
    case 'artifact.created':
      return `${versionOf(event)} created`;
    case 'artifact.linked':
      return `${sourceOf(event)} linked to ${linkTarget(event)}`;
    case 'artifact.unlinked':
      return `${sourceOf(event)} unlinked from ${linkTarget(event)}`;
    case 'artifact.alias_added':
      return `${event.alias} on ${versionOf(event)}`;
    case 'artifact.tag_added':
      return `${event.tag} on ${versionOf(event)}`;
    case 'artifact.tag_removed':
      return `${event.tag} off ${versionOf(event)}`;
    case 'collection.tag_added':
      return `${event.tag} on ${event.collection.name}`;
    case 'collection.tag_removed':
      return `${event.tag} off ${event.collection.name}`;
    case 'run.metrics':
      return `${event.run.name}, ${evidenceWords(event, judged)}`;
    case 'run.state':
      return `${event.run.name} ${event.run.state}`;
    case 'run.silent':
      return `${event.run.name} silent for ${numberWords(event.silentMinutes)} min`;
    case 'schedule':
      return summaryWords(event.summary);
  }
}

const versionOf = ({ artifact }: EventOf<'artifact.created' | 'artifact.alias_added' | 'artifact.tag_added' | 'artifact.tag_removed'>) =>
  `${artifact.collection}:v${artifact.versionIndex}`;

type LinkEvent = EventOf<'artifact.linked' | 'artifact.unlinked'>;
function sourceOf({ artifact }: LinkEvent): string {
  const { collection, versionIndex } = artifact.source ?? artifact;
  return `${collection}:v${versionIndex}`;
}
/** The collection's name is left away where the link keeps it. */
function linkTarget({ place, artifact }: LinkEvent): string {
  const at = place.isRegistry ? registryNameOf(place.project) : place.project;
  return artifact.source?.collection === artifact.collection ? at : `${at}/${artifact.collection}`;
}

function evidenceWords(event: EventOf<'run.metrics'>, judged?: Judged): string {
  const evidence = judged?.evidence;
  if (!judged || !evidence) {
    const step = event.lines.at(-1)?.step;
    return step === undefined ? 'metrics' : `step ${stepWords(step)}`;
  }
  const { filter } = judged;
  if (evidence.compared === null) return `step ${stepWords(evidence.step)}`;
  if (filter.zscore) return `${numberWords(evidence.compared, 3)} σ`;
  if (filter.change)
    return `change ${filter.change.measure === 'relative' ? `${numberWords(evidence.compared * 100, 3)} %` : numberWords(evidence.compared, 3)}`;
  const word = { none: evidence.metric, average: 'average', min: 'lowest', max: 'highest' }[filter.metric?.aggregate ?? 'none'];
  return `${word} ${numberWords(evidence.compared, 3)}`;
}

/** Steps are counts: grouped from four digits on, as in "step 4,250". */
export const stepWords = (step: number) => String(step).replace(/\B(?=(\d{3})+$)/g, ',');

/** "4 runs, 1 failed". */
export function summaryWords({ total, states }: Pick<ScheduleSummary, 'total' | 'states'>): string {
  const failed = (states.failed ?? 0) + (states.crashed ?? 0);
  return `${numberWords(total)} ${total === 1 ? 'run' : 'runs'}${failed ? `, ${numberWords(failed)} failed` : ''}`;
}

/** One line that says who, what, value and project: a Slack message's text where its automation has none. */
export function eventLine(event: TrackedEvent, judged?: Judged): string {
  return `${whatHappened(event, judged)} in ${placeWords(event.place)}`;
}

function whatHappened(event: TrackedEvent, judged?: Judged): string {
  const who = event.author ?? 'Someone';
  switch (event.type) {
    case 'artifact.created':
      return `${who} created ${versionOf(event)}`;
    case 'artifact.linked':
      return `${who} linked ${sourceOf(event)} to ${event.artifact.collection}`;
    case 'artifact.unlinked':
      return `${who} unlinked ${sourceOf(event)} from ${event.artifact.collection}`;
    case 'artifact.alias_added':
      return `${who} added the alias ${event.alias} to ${versionOf(event)}`;
    case 'artifact.tag_added':
      return `${who} added the tag ${event.tag} to ${versionOf(event)}`;
    case 'artifact.tag_removed':
      return `${who} removed the tag ${event.tag} from ${versionOf(event)}`;
    case 'collection.tag_added':
      return `${who} added the tag ${event.tag} to ${event.collection.name}`;
    case 'collection.tag_removed':
      return `${who} removed the tag ${event.tag} from ${event.collection.name}`;
    case 'run.metrics':
      return `${runWords(event)}: ${judgedWords(event, judged)}`;
    case 'run.state':
      return `${runWords(event)}: ${event.run.state}${event.run.state === 'running' ? '' : ` after ${durationWords(event.run.durationSeconds)}`}`;
    case 'run.silent':
      return `${runWords(event)}: no value for ${numberWords(event.silentMinutes)} min`;
    case 'schedule':
      return `${summaryWords(event.summary)} from ${minuteWords(event.summary.from)} to ${minuteWords(event.summary.to)} UTC`;
  }
}

const runWords = ({ run }: { run: { name: string; user: string | null } }) => (run.user ? `${run.name} by ${run.user}` : run.name);
/** "2026-11-21 09:00". */
export const minuteWords = (iso: string) => iso.slice(0, 16).replace('T', ' ');

function judgedWords(event: EventOf<'run.metrics'>, judged?: Judged): string {
  const rule = judged && metricRuleWords(judged.filter);
  if (!rule || !judged.evidence) return evidenceWords(event, judged);
  const { compared, value, step } = judged.evidence;
  return `${textOf(rule)} (${compared === null ? value : numberWords(compared, 4)} at step ${stepWords(step)})`;
}
