export const PRESET_IDS = ['github', 'teams', 'teams_legacy', 'slack', 'discord', 'pagerduty', 'generic'] as const;
export type PresetId = (typeof PRESET_IDS)[number];

export type HelpStep = { title: string; text: string; code?: { language: 'yaml' | 'bash' | 'json'; text: string } };
export type PresetHelp = {
  /** The URL's form, parts to fill in between angle brackets. */
  url: string;
  steps: HelpStep[];
  /** Secrets that the payload names: they must be listed in the webhook's payload secrets. */
  payloadSecrets: string[];
  /** Where the service describes what it takes. */
  documentation: string;
};

const githubWorkflow = (eventType: string) => `name: Hookline
on:
  repository_dispatch:
    types: [${eventType}]

jobs:
  hookline:
    runs-on: ubuntu-latest
    steps:
      - run: echo "$PAYLOAD"
        env:
          PAYLOAD: \${{ toJSON(github.event.client_payload) }}
`;

const TEAMS_STEPS: HelpStep[] = [
  {
    title: 'Make the address',
    text: 'In Teams open the channel’s ⋯ menu, choose Workflows, then “Post to a channel when a webhook request is received”. Copy the URL at the end.',
  },
  {
    title: 'Make the webhook here',
    text: 'Paste the URL. The URL is the credential: no access token and no secret are needed. Only team admins see it in full.',
  },
];

/** What to do outside Hookline before a preset's first delivery can arrive; by preset, for the payload's event type. */
export const PRESET_HELP: Record<PresetId, (eventType: string) => PresetHelp> = {
  github: (eventType) => ({
    url: 'https://api.github.com/repos/<owner>/<repository>/dispatches',
    steps: [
      {
        title: 'Add a workflow',
        text: `Put this on the repository’s default branch, for example as .github/workflows/hookline.yml. The type must equal the payload’s event_type, ${eventType}.`,
        code: { language: 'yaml', text: githubWorkflow(eventType) },
      },
      {
        title: 'Make a token',
        text: 'A fine-grained personal access token for this one repository with “Contents: Read and write”, or a classic token with the scope repo.',
      },
      {
        title: 'Store it',
        text: 'In Team settings, Secrets, make a secret such as GITHUB_TOKEN with the token as its value, and choose it as the webhook’s Access token. GitHub does not check signatures here, so Secret stays empty.',
      },
      {
        title: 'Test it',
        text: 'GitHub answers 204 without a body. 404 means that the token cannot see the repository or lacks the permission; 422 that the payload has more than ten keys in client_payload.',
      },
    ],
    payloadSecrets: [],
    documentation: 'https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event',
  }),
  teams: () => ({
    url: 'https://<region>.logic.azure.com/workflows/<id>/triggers/manual/paths/invoke?…',
    steps: [...TEAMS_STEPS, { title: 'Test it', text: 'The workflow answers 202 and posts the card a moment later.' }],
    payloadSecrets: [],
    documentation: 'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using',
  }),
  teams_legacy: () => ({
    url: 'https://<tenant>.webhook.office.com/webhookb2/<id>/IncomingWebhook/…',
    steps: [
      {
        title: 'Use it only for connectors that exist',
        text: 'Microsoft retires Office 365 connectors. For a new channel choose the preset Microsoft Teams. Workflows webhooks take MessageCards too, without their buttons.',
      },
      TEAMS_STEPS[1]!,
    ],
    payloadSecrets: [],
    documentation: 'https://learn.microsoft.com/outlook/actionable-messages/message-card-reference',
  }),
  slack: () => ({
    url: 'https://hooks.slack.com/services/<workspace>/<app>/<key>',
    steps: [
      {
        title: 'Consider a Slack notification first',
        text: 'The action type Slack notification escapes names, adds the severity’s colour and a link by itself, and needs no payload.',
      },
      {
        title: 'Make the address',
        text: 'At api.slack.com/apps make an app, turn on Incoming Webhooks, add one to a channel and copy its URL.',
      },
      { title: 'Make the webhook here', text: 'Paste the URL. It is the credential: no access token and no secret are needed.' },
    ],
    payloadSecrets: [],
    documentation: 'https://api.slack.com/messaging/webhooks',
  }),
  discord: () => ({
    url: 'https://discord.com/api/webhooks/<id>/<token>',
    steps: [
      { title: 'Make the address', text: 'In the channel’s settings open Integrations, Webhooks, New Webhook, and copy its URL.' },
      {
        title: 'Make the webhook here',
        text: 'Paste the URL. It is the credential: no access token and no secret are needed. allowed_mentions keeps names in a payload from notifying anybody.',
      },
      { title: 'Test it', text: 'Discord answers 204. A 400 names an empty field: every field needs a value.' },
    ],
    payloadSecrets: [],
    documentation: 'https://discord.com/developers/docs/resources/webhook#execute-webhook',
  }),
  pagerduty: () => ({
    url: 'https://events.pagerduty.com/v2/enqueue',
    steps: [
      {
        title: 'Make an integration key',
        text: 'In PagerDuty open the service, Integrations, Add integration, Events API V2, and copy the integration key.',
      },
      {
        title: 'Store it',
        text: 'In Team settings, Secrets, make the secret PAGERDUTY_ROUTING_KEY with the key as its value, and add it to the webhook’s payload secrets: PagerDuty reads it from the body. No access token is needed.',
      },
      {
        title: 'Test it',
        text: 'PagerDuty answers 202. Deliveries with the same dedup_key join one incident: here one for each automation and run.',
      },
    ],
    payloadSecrets: ['PAGERDUTY_ROUTING_KEY'],
    documentation: 'https://developer.pagerduty.com/docs/events-api-v2-overview',
  }),
  generic: () => ({
    url: 'https://<your service>/<path>',
    steps: [
      {
        title: 'Take a POST with JSON',
        text: 'Answer 2xx within 15 seconds and do the work afterwards. Anything but 2xx is tried again; 410 turns the webhook off.',
      },
      {
        title: 'Check the signature',
        text: 'Choose a Secret for the webhook and verify X-Wandb-Signature, or webhook-signature with a Standard Webhooks library. The webhook’s menu has ready code under Verify signature.',
      },
      { title: 'Drop repeats', text: 'A delivery can arrive more than once: webhook-id is the same on every attempt.' },
    ],
    payloadSecrets: [],
    documentation: 'https://www.standardwebhooks.com',
  }),
};
