import { z } from 'zod';
import type { SlackChannelBody, SlackChannelPatch, SlackChannelView } from '#lib/contracts/integrations.ts';
import { WebhookName } from '#lib/domain/names.ts';
import { NONE } from './webhook-form-values.ts';

export const SlackFormValues = z
  .object({
    kind: z.enum(['incoming_webhook', 'bot']),
    name: WebhookName,
    /** Empty on a saved channel: the URL stays as it is. */
    webhookUrl: z.string().max(2048, 'A URL has at most 2,048 characters.'),
    botTokenSecret: z.string(),
    channel: z.string().max(128, 'A channel’s name has at most 128 characters.'),
    receivesRunAlerts: z.boolean(),
    template: z.string().max(16_384, 'A template has at most 16,384 characters.'),
    noticesTo: z.string(),
    hasUrl: z.boolean(),
  })
  .superRefine((form, check) => {
    const missing = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message });
    if (form.kind === 'incoming_webhook' && !form.hasUrl && form.webhookUrl.trim() === '')
      missing('webhookUrl', 'Paste the webhook’s URL.');
    if (form.kind === 'bot' && form.botTokenSecret === NONE) missing('botTokenSecret', 'Choose the secret that holds the bot token.');
    if (form.kind === 'bot' && form.channel.trim() === '') missing('channel', 'Name the channel.');
  });
export type SlackFormValues = z.infer<typeof SlackFormValues>;

export const toSlackForm = (channel?: SlackChannelView): SlackFormValues => ({
  kind: channel?.kind ?? 'incoming_webhook',
  name: channel?.name ?? '',
  webhookUrl: '',
  botTokenSecret: channel?.botTokenSecret ?? NONE,
  channel: channel?.channel ?? '',
  receivesRunAlerts: channel?.receivesRunAlerts ?? false,
  template: channel?.template ?? '',
  noticesTo: channel?.noticesTo ?? NONE,
  hasUrl: channel?.kind === 'incoming_webhook',
});

const common = ({ name, receivesRunAlerts, template, noticesTo }: SlackFormValues) => ({
  name,
  receivesRunAlerts,
  template: template.trim() === '' ? null : template,
  noticesTo: noticesTo === NONE ? null : noticesTo,
});

export function toSlackBody(form: SlackFormValues): z.input<typeof SlackChannelBody> {
  return form.kind === 'bot'
    ? { ...common(form), botTokenSecret: form.botTokenSecret, channel: form.channel.trim() }
    : { ...common(form), webhookUrl: form.webhookUrl.trim() };
}

/** A URL that was not typed anew stays as it is: nobody can read it back. */
export function toSlackPatch(form: SlackFormValues): z.input<typeof SlackChannelPatch> {
  if (form.kind === 'bot') return toSlackBody(form);
  return { ...common(form), ...(form.webhookUrl.trim() !== '' && { webhookUrl: form.webhookUrl.trim() }) };
}
