import type { Severity } from './automation.ts';
import type { JudgedRule, MetricEvidence } from './decision.ts';
import { eventLine, placeWords, stepWords, summaryWords } from './event-words.ts';
import { pagePaths, versionPathAt } from './page-paths.ts';
import { durationWords, metricRuleWords, numberWords, textOf } from './rule-words.ts';
import { type VariableContext, valuesFor } from './template-variables.ts';
import { namesIn, renderText } from './text-template.ts';
import type { TrackedEvent } from './tracked-event.ts';

/** A notification with its variables filled in; everything in it is plain text. */
export type Message = {
  title: string;
  text: string;
  severity: Severity;
  fields: MessageField[];
  /** The run, version or execution. */
  link: { label: string; url: string };
};
type MessageField = { label: string; value: string };

/** What a payload or message is made of: frozen with the execution, so that every attempt says the same. */
export type Rendering = {
  automation: { id: number; name: string };
  rule: JudgedRule;
  executionId: string;
  event: TrackedEvent;
  evidence?: MetricEvidence | undefined;
  publicUrl: string;
};

export const toVariableContext = ({ automation, rule, executionId, publicUrl, evidence }: Rendering): VariableContext => ({
  automation: { ...automation, ...rule },
  executionId,
  publicUrl,
  ...(evidence && { evidence }),
});

type MessageTexts = { title: string; text: string; severity: Severity };

/** What an automation says of an event; `channelTemplate` is the text of messages whose automation has none. */
export function eventMessage({ title, text, severity }: MessageTexts, rendering: Rendering, channelTemplate: string | null): Message {
  const { event, automation } = rendering;
  const context = toVariableContext(rendering);
  const filled = (template: string) => renderText(template, valuesFor(event, context, namesIn(template)));
  return {
    title: filled(title) || automation.name,
    text: filled(text || channelTemplate || '') || eventLine(event, judgedOf(rendering)),
    severity,
    fields: fieldsOf(rendering),
    link: linkOf(rendering),
  };
}

const judgedOf = ({ rule, evidence }: Rendering) => ({ filter: rule.filter, ...(evidence && { evidence }) });

/** What a reader looks for at a glance; the same fields for the same kind of event, whatever the text says. */
function fieldsOf(rendering: Rendering): MessageField[] {
  const { event } = rendering;
  const subject: MessageField[] = 'run' in event ? [{ label: 'Run', value: event.run.name }] : [];
  if ('artifact' in event) subject.push({ label: 'Version', value: `${event.artifact.collection}:v${event.artifact.versionIndex}` });
  if ('collection' in event) subject.push({ label: 'Collection', value: event.collection.name });
  const place = event.place.isRegistry
    ? { label: 'Registry', value: placeWords(event.place).replace(/^registry /, '') }
    : { label: 'Project', value: placeWords(event.place) };
  const by = 'run' in event ? event.run.user : event.author;
  return [...subject, place, ...factsOf(rendering), ...(by === null ? [] : [{ label: 'By', value: by }])];
}

function factsOf(rendering: Rendering): MessageField[] {
  const { event, rule, evidence } = rendering;
  switch (event.type) {
    case 'artifact.alias_added':
      return [{ label: 'Alias', value: event.alias }];
    case 'artifact.tag_added':
    case 'collection.tag_added':
      return [{ label: 'Tag', value: event.tag }];
    case 'artifact.tag_removed':
    case 'collection.tag_removed':
      return [{ label: 'Tag removed', value: event.tag }];
    case 'artifact.created':
      return [{ label: 'Type', value: event.artifact.type }];
    case 'artifact.linked':
    case 'artifact.unlinked': {
      const { source } = event.artifact;
      const from = source && `${source.entity}/${source.project}/${source.collection}:v${source.versionIndex}`;
      return from ? [{ label: 'Source', value: from }] : [];
    }
    case 'run.metrics': {
      if (!evidence) return [];
      const words = metricRuleWords(rule.filter);
      const value = { label: evidence.metric, value: `${valueWords(evidence)} at step ${stepWords(evidence.step)}` };
      return words ? [value, { label: 'Rule', value: textOf(words) }] : [value];
    }
    case 'run.state':
      return [
        { label: 'State', value: event.run.state },
        { label: event.run.state === 'running' ? 'Running for' : 'Ran for', value: durationWords(event.run.durationSeconds) },
      ];
    case 'run.silent':
      return [{ label: 'No value for', value: `${numberWords(event.silentMinutes)} min` }];
    case 'schedule':
      return [{ label: 'In this period', value: summaryWords(event.summary) }];
  }
}

const valueWords = ({ value }: MetricEvidence) => (typeof value === 'number' ? numberWords(value, 6) : value);

function linkOf({ event, publicUrl, executionId }: Rendering): Message['link'] {
  const { place } = event;
  if ('run' in event) {
    return { label: `Open run ${event.run.name}`, url: publicUrl + pagePaths.run(place.entity, place.project, event.run.runId) };
  }
  if ('artifact' in event) {
    const { collection, type, versionIndex } = event.artifact;
    return { label: `Open ${collection}:v${versionIndex}`, url: publicUrl + versionPathAt(place, type, collection, versionIndex) };
  }
  return { label: 'Open the execution', url: publicUrl + pagePaths.execution(executionId) };
}
