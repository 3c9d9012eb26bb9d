import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { describeStores } from '#lib/store/testing.ts';
import { getMe } from '../accounts/get-me.ts';
import type { Context, Platform } from '../context.ts';
import { createWebhook, updateWebhook } from '../targets/webhooks.ts';
import { egressTo, handSetClock, makeUser, setUpAcme, testPlatform } from '../testing.ts';
import { tellTargetNews } from './tell-target-news.ts';

describeStores('news of an integration', (makeStore) => {
  let receiver: Receiver;
  let platform: Platform;
  let admin: Context;
  let entityId: number;

  beforeEach(async () => {
    receiver = await startReceiver();
    const clock = handSetClock();
    platform = testPlatform(await makeStore(), clock, { egress: egressTo({ 'hooks.example': ['127.0.0.1'] }, clock.now) });
    admin = await setUpAcme(platform);
    const url = `http://hooks.example:${receiver.port}/`;
    await createWebhook(admin, { team: 'acme', name: 'pager', url });
    await createWebhook(admin, { team: 'acme', name: 'deploy', url, noticesTo: 'pager' });
    entityId = (await platform.db.selectFrom('targets').select('entity_id').executeTakeFirstOrThrow()).entity_id;
  });
  afterEach(() => receiver.close());

  const news = (kind: 'paused' | 'disabled' | 'recovered') =>
    tellTargetNews(platform, { entityId, targetId: 2, kind, reason: 'It failed.' });
  const notices = async (ctx: Context) => (await getMe(ctx)).notices.map(({ severity, text }) => `${severity}: ${text.slice(0, 22)}`);

  test('reaches its admins in the app, the newest state only, and the integration they chose', async () => {
    await news('paused');
    await news('disabled');
    expect(await notices(admin)).toEqual(['danger: "deploy" was disabled.']);
    expect(await notices(await makeUser(platform, 'ana'))).toEqual([]);
    expect(receiver.requests.map(({ body }) => JSON.parse(body.toString()).event_type)).toEqual([
      'integration.paused',
      'integration.disabled',
    ]);
  });

  test('warns of the day on which it is switched off', async () => {
    const since = platform.now() - 2.5 * 24 * 3_600_000;
    const disablesAt = Date.UTC(2026, 10, 23, 12);
    await tellTargetNews(platform, { entityId, targetId: 2, kind: 'failing', reason: '', since, disablesAt });
    const { text } = JSON.parse(receiver.requests[0]!.body.toString());
    expect(text).toBe(
      '"deploy" has done nothing but fail for 2 d 12 h. Unless a delivery succeeds, it is disabled at the first failure after 2026-11-23 12:00 UTC.',
    );
    expect((await getMe(admin)).notices[0]).toMatchObject({ severity: 'warning', text });
  });

  test('is over when somebody enables the integration again', async () => {
    await platform.db.updateTable('targets').set({ enabled: 0 }).where('id', '=', 2).execute();
    await news('disabled');
    await updateWebhook(admin, { team: 'acme', id: 'whk_2', enabled: true });
    expect(await notices(admin)).toEqual([]);
  });
});
