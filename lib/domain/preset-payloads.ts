import { type AutomationEvent, EVENT_TYPES, isMetricEvent } from './event-types.ts';
import type { PresetId } from './preset-help.ts';

/** What an event carries decides what a payload can say. */
type Subject = 'artifact' | 'collection' | 'metric' | 'run' | 'schedule';

function subjectOf(on: AutomationEvent): Subject {
  if (isMetricEvent(on)) return 'metric';
  return EVENT_TYPES[on].family;
}

/** One line of text that says what happened; every chat preset begins with it. */
const HEADLINES: Record<Subject, string> = {
  artifact: '${event_type}: ${artifact_version_string}',
  collection: '${event_type}: ${tag} on ${artifact_collection_name}',
  metric: '${run_name}: ${metric_filter} (${metric_value})',
  run: '${run_name} is ${run_status}',
  schedule: '${summary.total} runs from ${summary.from} to ${summary.to}',
};

/** Where a click leads. */
const LINKS: Record<Subject, { title: string; url: string }> = {
  artifact: { title: 'Open version', url: '${artifact_url}' },
  collection: { title: 'Open collection', url: '${artifact_url}' },
  metric: { title: 'Open run', url: '${run_url}' },
  run: { title: 'Open run', url: '${run_url}' },
  schedule: { title: 'Open automation', url: '${automation_url}' },
};

const FACTS: Record<Subject, [title: string, value: string][]> = {
  artifact: [
    ['Version', '${artifact_version_string}'],
    ['Project', '${entity_name}/${project_name}'],
    ['Author', '${event_author}'],
  ],
  collection: [
    ['Collection', '${artifact_collection_name}'],
    ['Tag', '${tag}'],
    ['Project', '${entity_name}/${project_name}'],
    ['Author', '${event_author}'],
  ],
  metric: [
    ['Run', '${run_name}'],
    ['Rule', '${metric_filter}'],
    ['Value', '${metric_value}'],
    ['Project', '${entity_name}/${project_name}'],
  ],
  run: [
    ['Run', '${run_name}'],
    ['State', '${run_status}'],
    ['Project', '${entity_name}/${project_name}'],
  ],
  schedule: [
    ['Runs', '${summary.total}'],
    ['From', '${summary.from}'],
    ['To', '${summary.to}'],
    ['Project', '${entity_name}/${project_name}'],
  ],
};

/** GitHub takes at most ten keys in client_payload. */
const GITHUB: Record<Subject, object> = {
  // The vendor documentation's example, key for key.
  artifact: {
    event_type: 'BUILD_AND_DEPLOY',
    client_payload: {
      event_author: '${event_author}',
      artifact_version: '${artifact_version}',
      artifact_version_string: '${artifact_version_string}',
      artifact_collection_name: '${artifact_collection_name}',
      project_name: '${project_name}',
      entity_name: '${entity_name}',
    },
  },
  collection: {
    event_type: 'COLLECTION_TAGGED',
    client_payload: {
      event_author: '${event_author}',
      event_type: '${event_type}',
      tag: '${tag}',
      artifact_collection_name: '${artifact_collection_name}',
      project_name: '${project_name}',
      entity_name: '${entity_name}',
    },
  },
  metric: {
    event_type: 'METRIC_ALERT',
    client_payload: {
      run_id: '${run_id}',
      run_name: '${run_name}',
      run_url: '${run_url}',
      metric_name: '${metric_name}',
      metric_value: '#{metric_value}',
      threshold: '#{threshold}',
      reason: '${metric_filter}',
      project_name: '${project_name}',
      entity_name: '${entity_name}',
    },
  },
  run: {
    event_type: 'RUN_STATE_CHANGED',
    client_payload: {
      run_id: '${run_id}',
      run_name: '${run_name}',
      run_status: '${run_status}',
      run_url: '${run_url}',
      project_name: '${project_name}',
      entity_name: '${entity_name}',
    },
  },
  schedule: {
    event_type: 'RUN_SUMMARY',
    client_payload: {
      from: '${summary.from}',
      to: '${summary.to}',
      total: '#{summary.total}',
      states: '#{summary.states}',
      project_name: '${project_name}',
      entity_name: '${entity_name}',
    },
  },
};

const teamsCard = (subject: Subject) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        body: [
          { type: 'TextBlock', text: '${automation_name}', weight: 'Bolder', size: 'Medium', wrap: true },
          { type: 'TextBlock', text: HEADLINES[subject], wrap: true },
          { type: 'FactSet', facts: FACTS[subject].map(([title, value]) => ({ title, value })) },
        ],
        actions: [{ type: 'Action.OpenUrl', ...LINKS[subject] }],
      },
    },
  ],
});

/** For artifact events the vendor documentation's example, key for key. */
const messageCard = (subject: Subject) => ({
  '@type': 'MessageCard',
  '@context': 'http://schema.org/extensions',
  summary: 'New Notification',
  sections: [
    {
      activityTitle: subject === 'artifact' ? 'Notification from WANDB' : '${automation_name}',
      text: subject === 'artifact' ? 'This is an example message sent via Teams webhook.' : HEADLINES[subject],
      facts:
        subject === 'artifact'
          ? [
              { name: 'Author', value: '${event_author}' },
              { name: 'Event Type', value: '${event_type}' },
            ]
          : FACTS[subject].map(([name, value]) => ({ name, value })),
      markdown: true,
    },
  ],
});

const slackSection = (words: string) => ({ type: 'section', text: { type: 'mrkdwn', text: words } });
/** For artifact events the vendor documentation's example, key for key. */
const slackMessage = (subject: Subject) =>
  subject === 'artifact'
    ? {
        text: 'New alert from WANDB!',
        blocks: [
          slackSection('Registry event: ${event_type}'),
          slackSection('New version: ${artifact_version_string}'),
          { type: 'divider' },
          slackSection('Author: ${event_author}'),
        ],
      }
    : {
        text: `\${automation_name}: ${HEADLINES[subject]}`,
        blocks: [
          slackSection(HEADLINES[subject]),
          { type: 'divider' },
          ...FACTS[subject].map(([title, value]) => slackSection(`${title}: ${value}`)),
        ],
      };

const discordMessage = (subject: Subject) => ({
  content: HEADLINES[subject],
  embeds: [
    {
      title: '${automation_name}',
      url: LINKS[subject].url,
      color: subject === 'metric' || subject === 'run' ? 15_105_570 : 3_447_003,
      fields: FACTS[subject].map(([name, value]) => ({ name, value, inline: true })),
      timestamp: '${timestamp}',
    },
  ],
  allowed_mentions: { parse: [] },
});

const pagerDutyEvent = (subject: Subject) => ({
  routing_key: '${PAGERDUTY_ROUTING_KEY}',
  event_action: 'trigger',
  dedup_key: subject === 'metric' || subject === 'run' ? '${automation_id}/${run_id}' : '${execution_id}',
  payload: {
    summary: `\${automation_name}: ${HEADLINES[subject]}`,
    source: '${entity_name}/${project_name}',
    severity: subject === 'metric' || subject === 'run' ? 'error' : 'info',
    timestamp: '${timestamp}',
    class: '${event_type}',
    custom_details: Object.fromEntries(FACTS[subject]),
  },
  links: [{ href: LINKS[subject].url, text: LINKS[subject].title }],
});

const GENERIC: Record<Subject, object> = {
  artifact: {
    artifact: '${artifact_version_string}',
    version: '${artifact_version}',
    metadata: '#{artifact_metadata}',
    url: '${artifact_url}',
  },
  collection: { collection: '${artifact_collection_name}', tag: '${tag}', url: '${artifact_url}' },
  metric: {
    run: '${run_name}',
    run_id: '${run_id}',
    url: '${run_url}',
    metric: '${metric_name}',
    value: '#{metric_value}',
    values: '#{metric_values}',
    threshold: '#{threshold}',
    reason: '${metric_filter}',
  },
  run: { run: '${run_name}', run_id: '${run_id}', state: '${run_status}', url: '${run_url}' },
  schedule: { summary: '#{summary}' },
};

const generic = (on: AutomationEvent) => ({
  event_type: '${event_type}',
  event_author: '#{event_author}',
  automation: '${automation_name}',
  project: '${entity_name}/${project_name}',
  timestamp: '${timestamp}',
  ...GENERIC[subjectOf(on)],
  ...(on === 'artifact.alias_added' && { alias: '${alias}' }),
  ...((on === 'artifact.tag_added' || on === 'artifact.tag_removed') && { tag: '${tag}' }),
  execution: '${execution_id}',
});

/** The payload of a preset for one kind of event. */
export function payloadOf(id: PresetId, on: AutomationEvent): object {
  const subject = subjectOf(on);
  switch (id) {
    case 'github':
      return GITHUB[subject];
    case 'teams':
      return teamsCard(subject);
    case 'teams_legacy':
      return messageCard(subject);
    case 'slack':
      return slackMessage(subject);
    case 'discord':
      return discordMessage(subject);
    case 'pagerduty':
      return pagerDutyEvent(subject);
    case 'generic':
      return generic(on);
  }
}
