import type { AuditEntry } from '#lib/contracts/organizations.ts';

const NOUNS: Record<string, string> = {
  api_key: 'API key',
  slack_channel: 'Slack channel',
  invite: 'invite',
  secret: 'secret',
  webhook: 'webhook',
};

/** Verbs that do not read before their noun. */
const WHOLE: Record<string, string> = {
  'secret.host_approved': 'allowed a new host for the secret',
  'secret.switched': 'ended the overlap of the secret',
  'member.role_changed': 'changed the role of',
  'automation.tested': 'tested an automation with',
};

/** "webhook.created" reads "created the webhook"; an action without a dot reads as it is. */
export function actionWords(what: string): string {
  if (WHOLE[what]) return WHOLE[what];
  const [noun, verb] = what.split('.');
  if (!noun || !verb) return what.replaceAll('_', ' ');
  return `${verb.replaceAll('_', ' ')} the ${NOUNS[noun] ?? noun.replaceAll('_', ' ')}`;
}

/** What an invite's bare id does not say: "as member, for Vic". */
export function inviteWords({ what, before, after }: Pick<AuditEntry, 'what' | 'before' | 'after'>): string {
  const kept = after ?? before;
  if (!what.startsWith('invite.') || kept === null || typeof kept !== 'object' || Array.isArray(kept)) return '';
  const { role, note } = kept as Record<string, unknown>;
  return [typeof role === 'string' && `as ${role}`, typeof note === 'string' && note !== '' && `“${note}”`].filter(Boolean).join(', ');
}
