import { describe, expect, test } from 'vitest';
import { checkTemplate } from './check-template.ts';
import { AUTOMATION_EVENTS, type AutomationEvent } from './event-types.ts';
import type { Filter } from './filter.ts';
import { PRESET_IDS, type PresetId } from './preset-help.ts';
import { presetFor } from './presets.ts';
import { sampleFor } from './sample-event.ts';
import { maskedSecrets, parseTemplate, renderTemplate } from './template.ts';
import { valuesFor } from './template-variables.ts';

const FILTERS: Partial<Record<AutomationEvent, Filter>> = {
  'run.metric_threshold': { metric: { name: 'val/loss', aggregate: 'average', window: 5, is: 'below', threshold: 0.3 } },
  'run.metric_change': { change: { name: 'loss', aggregate: 'none', window: 1, measure: 'absolute', by: 'any', amount: 1 } },
  'run.metric_zscore': { zscore: { name: 'loss', window: 30, direction: 'either', threshold: 3 } },
};

function valuesOf(on: AutomationEvent) {
  const filter = FILTERS[on] ?? {};
  const { event, evidence } = sampleFor(on, { filter });
  return valuesFor(event, { automation: { id: 1, name: 'Deploy', on, filter }, executionId: 'exe_1', publicUrl: 'https://hl', evidence });
}

function render(id: PresetId, on: AutomationEvent) {
  const { template, help } = presetFor(id, on);
  const rendered = renderTemplate(parseTemplate(template), valuesOf(on), maskedSecrets(help.payloadSecrets));
  return JSON.parse(rendered.body);
}

describe.each(AUTOMATION_EVENTS)('for %s', (on) => {
  test.each(PRESET_IDS)('the preset %s is JSON whatever the values, and names nothing that the event lacks', (id) => {
    const { template, help } = presetFor(id, on);
    expect(parseTemplate(template).alwaysJson).toBe(true);
    const problems = checkTemplate(template, { on, grantedSecrets: help.payloadSecrets, existingSecrets: [], sampleValues: valuesOf(on) });
    expect(problems).toEqual([]);
    expect(render(id, on)).toBeTypeOf('object');
  });

  test('GitHub gets at most ten keys, and the workflow of the help listens to the payload’s type', () => {
    const { event_type, client_payload } = render('github', on);
    expect(Object.keys(client_payload).length).toBeLessThanOrEqual(10);
    expect(presetFor('github', on).help.steps[0]?.code?.text).toContain(`repository_dispatch:\n    types: [${event_type}]`);
  });
});

describe('artifact events get the documentation’s payloads key for key', () => {
  test('GitHub repository dispatch', () => {
    expect(JSON.parse(presetFor('github', 'artifact.alias_added').template)).toEqual({
      event_type: 'BUILD_AND_DEPLOY',
      client_payload: {
        event_author: '${event_author}',
        artifact_version: '${artifact_version}',
        artifact_version_string: '${artifact_version_string}',
        artifact_collection_name: '${artifact_collection_name}',
        project_name: '${project_name}',
        entity_name: '${entity_name}',
      },
    });
  });

  test('Teams MessageCard', () => {
    expect(render('teams_legacy', 'artifact.linked')).toEqual({
      '@type': 'MessageCard',
      '@context': 'http://schema.org/extensions',
      summary: 'New Notification',
      sections: [
        {
          activityTitle: 'Notification from WANDB',
          text: 'This is an example message sent via Teams webhook.',
          facts: [
            { name: 'Author', value: 'ana' },
            { name: 'Event Type', value: 'LINK_ARTIFACT' },
          ],
          markdown: true,
        },
      ],
    });
  });

  test('Slack', () => {
    const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
    expect(render('slack', 'artifact.created')).toEqual({
      text: 'New alert from WANDB!',
      blocks: [
        section('Registry event: CREATE_ARTIFACT'),
        section('New version: acme/vision/detector:v12'),
        { type: 'divider' },
        section('Author: ana'),
      ],
    });
  });
});

test('numbers arrive as numbers', () => {
  expect(render('github', 'run.metric_threshold').client_payload).toMatchObject({
    metric_value: 0.2988,
    threshold: 0.3,
    run_name: 'swift-fox-12',
  });
  expect(render('generic', 'schedule').summary).toMatchObject({ total: 4 });
});

test('one run’s alerts join one PagerDuty incident', () => {
  expect(render('pagerduty', 'run.state')).toMatchObject({ dedup_key: 'aut_1/8kq2vt1m', payload: { severity: 'error' } });
});
