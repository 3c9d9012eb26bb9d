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
};

/** "webhook.created" reads "created the webhook"; an action without a dot reads as it is. */
export function actionWords(what: string): string {
  if (WHOLE[what]) return WHOLE[what];
  const [noun, verb] = what.split('.');
  if (!noun || !verb) return what.replaceAll('_', ' ');
  return `${verb.replaceAll('_', ' ')} the ${NOUNS[noun] ?? noun.replaceAll('_', ' ')}`;
}
