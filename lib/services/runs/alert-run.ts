import { setTimeout as wait } from 'node:timers/promises';
import { sendSlack } from '#lib/delivery/send-slack.ts';
import { type SlackMessage, slackMessage } from '#lib/delivery/slack-message.ts';
import type { Severity } from '#lib/domain/automation.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import type { Target } from '#lib/domain/target.ts';
import { notFound } from '#lib/errors.ts';
import type { RunKey } from '#lib/store/metric-chunks.ts';
import { type AlertDelivery, hasAlertSince, insertRunAlert, putAlertDelivery } from '#lib/store/run-alerts.ts';
import { listTargets } from '#lib/store/targets.ts';
import type { Context } from '../context.ts';
import { openTarget } from '../delivery/open-target.ts';
import { changeInPlace } from '../places/change-in-place.ts';
import { getProjectPlace } from '../places/find-place.ts';

export type AlertDraft = { title: string; text: string; severity: Severity; waitMs: number };

const PATIENCE_MS = 3000;
const MAX_TITLE = 500;
const MAX_TEXT = 20_000;

/**
 * Keeps what a training script says of its run and posts it to the team's channels that receive run alerts. The same title
 * within the waiting time is said once; a channel that cannot be reached takes nothing from what is kept.
 */
export async function alertRun(
  ctx: Context,
  address: { entity: string; project: string; runId: string },
  draft: AlertDraft,
): Promise<void> {
  const said = await changeInPlace(
    ctx,
    'events:write',
    (inside) => getProjectPlace(inside, address.entity, address.project),
    async (change) => {
      const { ingest, source, at } = change;
      const held = await ingest.runs.find(source.place, address.runId);
      if (!held) throw notFound(`The run "${address.entity}/${address.project}/${address.runId}"`);
      const key = { entityId: at.entity.id, run: held.run.id };
      const title = draft.title.slice(0, MAX_TITLE);
      if (draft.waitMs > 0 && (await hasAlertSince(ingest.tx, key, title, ingest.nowMs - draft.waitMs))) return null;
      const alert = {
        id: ctx.newId('ntc'),
        title,
        content: draft.text.slice(0, MAX_TEXT),
        severity: draft.severity,
        createdAt: ingest.nowMs,
      };
      await insertRunAlert(ingest.tx, key, alert);
      const channels = (await listTargets(ingest.tx, key.entityId, 'slack')).filter((target) => target.receivesRunAlerts);
      for (const channel of channels) await putAlertDelivery(ingest.tx, key, alert.id, firstDelivery(channel, ingest.nowMs));
      return { alert, key, at, run: held.run, channels: channels.filter(({ enabled }) => enabled) };
    },
  );
  if (!said) return;
  const url = ctx.publicUrl + pagePaths.run(said.at.entity.name, said.at.project.name, said.run.runId);
  const fields = [
    { label: 'Run', value: said.run.name },
    { label: 'Project', value: `${said.at.entity.name}/${said.at.project.name}` },
  ];
  const { title, content: text, severity } = said.alert;
  const message = slackMessage({ title, text, severity, fields, link: { label: 'Open the run', url } });
  const posted = Promise.all(said.channels.map((channel) => post(ctx, said.key, said.alert.id, channel, message)));
  // The script goes on: a slow channel takes longer than a client waits.
  await Promise.race([posted, wait(PATIENCE_MS, undefined, { ref: false })]);
}

const firstDelivery = ({ id, name, enabled, disabledReason }: Target, at: number): AlertDelivery => ({
  targetId: id,
  targetName: name,
  status: enabled ? 'sending' : 'skipped',
  error: enabled ? null : (disabledReason ?? 'The channel is disabled.'),
  at,
});

async function post(ctx: Context, key: RunKey, alertId: string, channel: Target, message: SlackMessage): Promise<void> {
  const error = await send(ctx, channel, message);
  const status = error === null ? 'delivered' : 'failed';
  await putAlertDelivery(ctx.db, key, alertId, { targetId: channel.id, targetName: channel.name, status, error, at: ctx.now() });
}

/** Null when it was taken; otherwise why not, in a sentence. */
async function send(ctx: Context, { entityId, id: targetId }: Target, message: SlackMessage): Promise<string | null> {
  const opened = await openTarget({ ...ctx, db: ctx.reader }, { entityId, targetId });
  if (opened.kind === 'refused') return opened.error.message;
  if (opened.open.kind !== 'slack') return 'This is no Slack channel any more.';
  const { target, url, botToken } = opened.open;
  const to =
    botToken === null
      ? ({ kind: 'incoming_webhook', webhookUrl: url ?? '' } as const)
      : ({ kind: 'bot', token: botToken, channel: target.channel ?? '', apiUrl: ctx.egress.slackApiUrl } as const);
  const at = { nowMs: ctx.now(), userAgent: ctx.egress.userAgent };
  const outcome = await sendSlack(ctx.egress.exchange, { target: to, message, personal: target.personal }, at);
  return outcome.kind === 'delivered' ? null : (outcome.error?.message ?? 'It was not delivered.');
}
