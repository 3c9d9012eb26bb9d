import { describe, expect, test } from 'vitest';
import { isAppError } from '#lib/errors.ts';
import { defaultBody } from './default-body.ts';
import { EventDocument, parseEvents } from './event-document.ts';
import { EventFacts, fromEventDocument, toEventDocument } from './event-facts.ts';
import { AUTOMATION_EVENTS } from './event-types.ts';
import { sampleFor } from './sample-event.ts';

function issuesOf(raw: unknown) {
  try {
    parseEvents(raw);
  } catch (error) {
    if (isAppError(error)) return error.issues ?? error.message;
    throw error;
  }
  return 'taken';
}

const EXAMPLES = [
  {
    id: 'any text',
    type: 'artifact.created',
    at: '2026-11-21T02:00:00Z',
    author: 'ana',
    artifact: { collection: 'detector', type: 'model', metadata: { accuracy: 0.91 }, aliases: ['candidate'], tags: ['eu'] },
  },
  { type: 'artifact.alias_added', artifact: { collection: 'detector', version: 3 }, alias: 'production' },
  { type: 'artifact.alias_removed', artifact: { registry: 'model', collection: 'fraud', version: 0 }, alias: 'production' },
  {
    type: 'artifact.linked',
    artifact: { collection: 'detector', version: 3 },
    to: { registry: 'model', collection: 'fraud' },
    aliases: ['staging'],
  },
  { type: 'artifact.unlinked', artifact: { collection: 'detector', version: 3 }, from: { project: 'vision', collection: 'fraud' } },
  { type: 'artifact.tag_added', artifact: { collection: 'detector', version: 3 }, tag: 'eu' },
  { type: 'collection.tag_removed', artifact: { collection: 'detector' }, tag: 'eu' },
  {
    type: 'run.metrics',
    run: { id: 'r1', name: 'swift-fox-1', tags: ['prod'] },
    metrics: [{ step: 0, values: { 'val/loss': 0.31, acc: 'NaN' } }],
  },
  { type: 'run.state', run: { id: 'r1', state: 'failed' } },
];

describe('events from other trackers', () => {
  test('the documented examples are taken as they stand', () => {
    expect(parseEvents(EXAMPLES)).toEqual(EXAMPLES);
    expect(parseEvents(EXAMPLES[0])).toEqual([EXAMPLES[0]]);
  });

  test('an unknown type names the ones there are', () => {
    expect(issuesOf({ type: 'artifact.made' })).toMatchObject([
      { path: ['type'], message: expect.stringContaining('artifact.created, artifact.linked') },
    ]);
  });

  test('an unknown key is refused at its place', () => {
    expect(issuesOf({ type: 'run.state', run: { id: 'r1', state: 'failed', colour: 'red' } })).toEqual([
      { path: ['run', 'colour'], message: 'There is no field "colour" here. Remove it or check its spelling.' },
    ]);
  });

  test('a batch’s issues begin with the event’s index', () => {
    expect(issuesOf([EXAMPLES[0], { type: 'run.state', run: { id: 'r1', state: 'broken' } }])).toMatchObject([
      { path: [1, 'run', 'state'] },
    ]);
  });

  test('a batch is empty or over 1,000 events only to be refused', () => {
    expect(issuesOf([])).toContain('empty');
    expect(issuesOf(Array.from({ length: 1001 }, () => EXAMPLES[8]))).toContain('1,000');
    expect(issuesOf(Array.from({ length: 1000 }, () => EXAMPLES[8]))).toBe('taken');
  });

  test('an id has at most 255 characters', () => {
    expect(issuesOf({ ...EXAMPLES[8], id: 'x'.repeat(255) })).toBe('taken');
    expect(issuesOf({ ...EXAMPLES[8], id: 'x'.repeat(256) })).toMatchObject([{ path: ['id'] }]);
  });

  test('a metric’s value is a number or a non-finite marker', () => {
    const line = (value: unknown) => issuesOf({ type: 'run.metrics', run: { id: 'r1' }, metrics: [{ step: 0, values: { loss: value } }] });
    for (const value of [0, -1.5e300, 'NaN', '-Infinity']) expect(line(value)).toBe('taken');
    for (const value of ['high', true, null, [1]]) expect(line(value)).toMatchObject([{ path: ['metrics', 0, 'values', 'loss'] }]);
  });

  test('the server’s own aliases cannot be given', () => {
    for (const alias of ['latest', 'v3']) expect(issuesOf({ ...EXAMPLES[1], alias })).toMatchObject([{ path: ['alias'] }]);
  });

  test('a link leads to a registry or a project, not to both or neither', () => {
    for (const to of [{ collection: 'c' }, { registry: 'model', project: 'vision', collection: 'c' }]) {
      expect(issuesOf({ ...EXAMPLES[3], to })).toMatchObject([{ path: ['to'], message: 'Give either a registry or a project.' }]);
    }
  });
});

describe('events with all that is known of them', () => {
  test('what the endpoint takes is a document of known facts too', () => {
    for (const example of EXAMPLES.filter(({ type }) => type !== 'artifact.alias_removed')) {
      EventFacts.parse(EventDocument.parse(example));
    }
  });

  test.each(AUTOMATION_EVENTS)('%s: the sample survives being shown and edited as JSON', (on) => {
    const { event } = sampleFor(on);
    const document = toEventDocument(event);
    const parsed = EventFacts.parse(JSON.parse(JSON.stringify(document)));
    const back = fromEventDocument(parsed, { place: event.place });
    expect(toEventDocument(back)).toEqual(document);
  });

  test('a link from the endpoint’s form happens in the collection linked to and knows its source', () => {
    const event = fromEventDocument(EventFacts.parse(EXAMPLES[3]));
    expect(event.place).toMatchObject({ entity: 'acme-org', project: 'wandb-registry-model', isRegistry: true });
    expect(event).toMatchObject({ artifact: { collection: 'fraud', source: { collection: 'detector', versionIndex: 3 } } });
  });
});

describe('the body without a template', () => {
  const bodyOf = (on: (typeof AUTOMATION_EVENTS)[number]) => {
    const { event, evidence } = sampleFor(on);
    return defaultBody(event, { automation: { id: 1, name: 'a', on, filter: {} }, executionId: 'exe_1', publicUrl: 'http://h', evidence });
  };

  test.each(AUTOMATION_EVENTS)('%s: begins with what all events have, and is JSON', (on) => {
    const body = bodyOf(on);
    expect(Object.keys(body).slice(0, 6)).toEqual([
      'event_type',
      'event_author',
      'entity_name',
      'project_name',
      'automation_name',
      'timestamp',
    ]);
    expect(JSON.parse(JSON.stringify(body))).toEqual(body);
  });

  test('artifact events carry the version and what was added; run events the run, metric events what was judged', () => {
    expect(bodyOf('artifact.alias_added')).toMatchObject({ artifact: { collection: 'detector', version: 12 }, alias: 'production' });
    expect(bodyOf('run.state')).toMatchObject({ run: { id: '8kq2vt1m', name: 'swift-fox-12', state: 'finished' } });
    expect(bodyOf('run.metric_threshold')).toMatchObject({ run: { id: '8kq2vt1m' }, metric: { name: 'val/loss', value: 0.2988 } });
  });
});
