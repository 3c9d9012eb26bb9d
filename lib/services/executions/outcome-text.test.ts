import { expect, test } from 'vitest';
import type { Attempt } from '#lib/domain/execution.ts';
import { outcomeText } from './outcome-text.ts';

const request = { method: 'POST' as const, url: 'https://git.acme.example/…', headers: [], body: '{}' };
const attempt = (more: Partial<Attempt>): Attempt => ({
  executionId: 'exe_1',
  number: 1,
  try: 1,
  startedAt: 0,
  durationMs: 12,
  address: '203.0.113.7',
  timings: null,
  request,
  response: null,
  error: null,
  ...more,
});
const answered = (status: number) => attempt({ durationMs: 312, response: { status, headers: [], body: '', bodyBytes: 0, cut: false } });
const refused = attempt({ error: { code: 'refused', message: 'git.acme.example refused the connection.', hint: 'Start the service.' } });

const execution = (more: object = {}) =>
  ({
    status: 'finished',
    reason: null,
    try: 1,
    retry: { delaysSeconds: [0, 5, 300] },
    dueAt: null,
    decision: { kind: 'fire', clauses: [] },
    action: { kind: 'webhook', target: { entityId: 1, targetId: 1 }, template: null, templateForm: 'json' },
    manual: false,
    attempts: [],
    ...more,
  }) as Parameters<typeof outcomeText>[0];

test.each([
  ['a delivery', { attempts: [answered(200)] }, { title: 'Delivered in 312 ms', text: 'deploy-hook answered 200.' }],
  ['a delivery at the second attempt', { attempts: [refused, answered(204)] }, { text: 'deploy-hook answered 204 at attempt 2.' }],
  ['doing nothing', { action: { kind: 'nothing' } }, { title: 'Recorded, nothing was sent' }],
  ['waiting for the first try', { status: 'pending', try: 0 }, { title: 'Waiting to be sent' }],
  [
    'waiting after a refused connection',
    { status: 'pending', try: 2, attempts: [refused, refused] },
    {
      title: 'Connection refused by 203.0.113.7:443 after 12 ms',
      text: 'git.acme.example resolves to that address, but nothing accepts connections on port 443. 2 of 3 tries failed.',
      hint: 'Start the service.',
    },
  ],
  ['being sent', { status: 'running' }, { title: 'Being sent now' }],
  [
    'giving up',
    { status: 'failed', try: 3, attempts: [refused, refused, answered(503)] },
    { title: 'Given up after 3 tries', text: 'The last one: answered 503. The receiver was reached, but failed on its side.' },
  ],
  [
    '410',
    { status: 'failed', attempts: [answered(410)] },
    { title: 'Answered 410', hint: 'Check the webhook’s URL, enable it, then replay.' },
  ],
  [
    'a refusal of Slack, which answers 200',
    {
      status: 'failed',
      attempts: [
        { ...answered(200), error: { code: 'slack', message: 'The bot token was revoked (token_revoked).', hint: 'Replace it.' } },
      ],
    },
    { title: 'Refused by Slack', text: 'The bot token was revoked (token_revoked).', hint: 'Replace it.' },
  ],
  [
    'failing unsent',
    { status: 'failed', reason: 'The webhook was disabled.' },
    { title: 'Failed before it was sent', text: 'The webhook was disabled.' },
  ],
  [
    'a cooldown',
    {
      status: 'skipped',
      reason: 'Fired last 3 s ago, less than the cooldown of 10 min',
      decision: { kind: 'skip', because: 'cooldown', clauses: [] },
    },
    { title: 'Skipped: within the cooldown', text: 'Fired last 3 s ago, less than the cooldown of 10 min' },
  ],
  ['a lost process', { status: 'pending', attempts: [attempt({ request: null, address: null })] }, { title: 'Interrupted' }],
])('%s reads as words', (_name, more, expected) => {
  expect(outcomeText(execution(more), { name: 'deploy-hook', paused: false })).toMatchObject(expected);
});

test('what waits for a paused integration says that it does, and why that was', () => {
  const paused = { name: 'deploy-hook', paused: true };
  expect(outcomeText(execution({ status: 'pending', attempts: [] }), paused)).toMatchObject({
    title: 'Waiting: the integration is paused',
    text: expect.stringContaining('deploy-hook failed steadily'),
  });
  expect(outcomeText(execution({ status: 'pending', attempts: [answered(503)] }), paused).title).toBe('Answered 503; paused');
});
