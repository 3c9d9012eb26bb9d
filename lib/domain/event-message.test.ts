import { describe, expect, test } from 'vitest';
import { eventMessage, type Rendering } from './event-message.ts';
import { AUTOMATION_EVENTS, type AutomationEvent } from './event-types.ts';
import type { Filter } from './filter.ts';
import { sampleFor } from './sample-event.ts';

const publicUrl = 'https://hooks.example';
const EMPTY = { title: '', text: '', severity: 'warn' as const };

function rendering(on: AutomationEvent, filter: Filter = {}): Rendering {
  const { event, evidence } = sampleFor(on, { publicUrl, at: Date.UTC(2026, 10, 21), filter });
  return { automation: { id: 1, name: 'Watch' }, rule: { on, filter }, executionId: 'exe_1', event, evidence, publicUrl };
}

describe.each(AUTOMATION_EVENTS)('the message of %s', (on) => {
  test('says where it happened, links to one of our pages and falls back to the automation’s name and one line', () => {
    const message = eventMessage(EMPTY, rendering(on), null);
    expect(message).toMatchObject({ title: 'Watch', severity: 'warn', text: expect.stringMatching(/ in |from /) });
    expect(message.fields.map(({ label }) => label)).toContainEqual(expect.stringMatching(/^(Project|Registry)$/));
    for (const { value } of message.fields) expect(value).not.toBe('');
    expect(message.link.url.startsWith(`${publicUrl}/`)).toBe(true);
  });
});

test('a metric’s message names run, value, step and rule', () => {
  const metric = { name: 'val/loss', aggregate: 'average' as const, window: 5, is: 'below' as const, threshold: 0.3 };
  const { fields } = eventMessage(EMPTY, rendering('run.metric_threshold', { metric }), null);
  expect(fields).toContainEqual({ label: 'val/loss', value: expect.stringMatching(/^[\d.]+ at step [\d,]+$/) });
  expect(fields).toContainEqual({ label: 'Rule', value: 'average of the last 5 values of val/loss is below 0.3' });
});

test('an automation’s own text goes before the channel’s template, and that before the line of the event', () => {
  const made = (text: string, template: string | null) => eventMessage({ ...EMPTY, text }, rendering('run.state'), template).text;
  expect(made('own ${run_status}', 'channel')).toMatch(/^own \w+$/);
  expect(made('', 'channel ${run_status}')).toMatch(/^channel \w+$/);
  expect(made('', null)).toContain(' in ');
});

test('a text that names megabytes many times is made of their beginnings', () => {
  const big = rendering('artifact.created');
  const event = {
    ...big.event,
    artifact: { ...('artifact' in big.event && big.event.artifact), metadata: { all: 'x'.repeat(1024 * 1024) } },
  };
  const { text } = eventMessage({ ...EMPTY, text: '${artifact_metadata.all} '.repeat(1000) }, { ...big, event } as Rendering, null);
  expect(text.length).toBeLessThan(5_000_000);
});
