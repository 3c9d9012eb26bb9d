import { expect, test } from 'vitest';
import { actionWords, inviteWords } from './audit-words.ts';

test('a test of an automation names the integration that it went through, not an automation', () => {
  expect(`${actionWords('automation.tested')} ml-alerts`).toBe('tested an automation with ml-alerts');
});

test('an invite says its role and its note', () => {
  expect(inviteWords({ what: 'invite.created', before: null, after: { role: 'member', note: 'for Vic' } })).toBe('as member, “for Vic”');
  expect(inviteWords({ what: 'invite.revoked', before: { role: 'viewer', note: '' }, after: null })).toBe('as viewer');
  expect(inviteWords({ what: 'member.added', before: null, after: { role: 'member' } })).toBe('');
});
