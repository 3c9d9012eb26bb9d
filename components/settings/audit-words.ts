const NOUNS: Record<string, string> = {
  api_key: 'API key',
  slack_channel: 'Slack channel',
  invite: 'invite',
  secret: 'secret',
  webhook: 'webhook',
};

/** "webhook.created" reads "created the webhook"; an action without a dot reads as it is. */
export function actionWords(what: string): string {
  const [noun, verb] = what.split('.');
  if (!noun || !verb) return what.replaceAll('_', ' ');
  return `${verb.replaceAll('_', ' ')} the ${NOUNS[noun] ?? noun.replaceAll('_', ' ')}`;
}
