import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { createRunFiles, deleteFileOfRun, listFilesOfRun } from '#lib/services/files/run-files.ts';
import { acceptUpload, openDownload } from '#lib/services/files/storage.ts';
import { alertRun } from '#lib/services/runs/alert-run.ts';
import { rewindRun, updateRunState } from '#lib/services/runs/change-run.ts';
import { createRunStreams } from '#lib/services/runs/take-stream.ts';
import { upsertRun } from '#lib/services/runs/upsert-run.ts';
import { asUser, egressTo } from '#lib/services/testing.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { eventRoutes } from './events.ts';
import { projectRoutes } from './projects.ts';
import { runRecordRoutes } from './run-records.ts';
import { slackChannelRoutes } from './slack-channels.ts';

const RUN = '/projects/acme/vision/runs/r1';
const ADDRESS = { entity: 'acme', project: 'vision', runId: 'r1' };
const consoleLine = (content: string, level: string | null = null) => ({ at: 1_700_000_000_000, level, label: null, content });

describeStores('what a run leaves behind, over REST', (makeStore) => {
  let world: World;
  let receiver: Receiver;
  const as = (who: string) => asUser(world.platform, world.users.get(who)!);

  beforeAll(async () => {
    receiver = await startReceiver();
    world = await makeWorld(await makeStore(), [...projectRoutes, ...runRecordRoutes, ...eventRoutes, ...slackChannelRoutes], {
      egress: egressTo({ 'slack.example': ['127.0.0.1'] }),
    });
    await upsertRun(as('jonas'), ADDRESS, { name: 'swift-fox', details: { host: 'gpu-07', program: 'train.py', sweep: null } });
    const take = createRunStreams(world.platform.now);
    await take(
      as('jonas'),
      { ...ADDRESS, run: 'r1' },
      {
        history: { firstLine: 0, lines: [{ step: 0, values: { loss: 0.5 } }], lastText: '' },
        summary: { loss: 0.5 },
        system: {
          firstLine: 0,
          lines: [
            { step: 15, values: { 'system.cpu': 12 } },
            { step: 30, values: { 'system.cpu': 97 } },
          ],
          lastText: '',
        },
        console: { firstLine: 0, lines: Array.from({ length: 1200 }, (_, number) => consoleLine(`line ${number}`)) },
      },
    );
    await take(as('jonas'), { ...ADDRESS, run: 'r1' }, { console: { firstLine: 1199, lines: [consoleLine('Killed', 'error')] } });
  });
  afterAll(() => receiver.close());

  test('a run tells what it has, where it runs, and the newest of the machine’s values', async () => {
    const { body } = await world.call('vera', 'GET', RUN);
    expect(body).toMatchObject({
      counts: { files: 0, consoleLines: 1200, alerts: 0 },
      origin: { host: 'gpu-07', program: 'train.py' },
      stopRequested: false,
      metrics: [
        { name: 'loss', last: 0.5, system: false },
        { name: 'system.cpu', last: 97, system: true },
      ],
    });
  });

  test('who deletes a file of a run, rewinds it or moves it to a state by hand stands in the audit log', async () => {
    const address = { ...ADDRESS, runId: 'r9' };
    await upsertRun(as('jonas'), address, {});
    const { run, files } = await createRunFiles(as('jonas'), address, ['a/b.txt']);
    await acceptUpload(world.platform, new URL(files[0]!.uploadUrl).pathname.split('/')[2]!, Readable.from([Buffer.from('x')]));
    const [file] = await listFilesOfRun(as('jonas'), run, {}, { limit: 1 });
    await deleteFileOfRun(as('jonas'), file!.id);
    await rewindRun(as('jonas'), address, 0);
    await updateRunState(as('jonas'), run.run.id, 'killed');
    const rows = await world.platform.db
      .selectFrom('audit')
      .select(['what', 'target', 'actor_name'])
      .where('what', 'like', 'run%')
      .execute();
    expect(rows.map(({ what, target, actor_name }) => [what, target, actor_name]).toSorted()).toEqual([
      ['run.rewound', 'acme/vision/r9', 'jonas'],
      ['run.state_changed', 'acme/vision/r9', 'jonas'],
      ['run_file.deleted', 'acme/vision/r9/a/b.txt', 'jonas'],
    ]);
  });

  test('the console log is read from its end, or from any line on, and as one text', async () => {
    const end = (await world.call('vera', 'GET', `${RUN}/console?limit=2`)).body;
    expect(end).toMatchObject({
      total: 1200,
      lines: [
        { number: 1198, text: 'line 1198', level: null },
        { number: 1199, text: 'Killed', level: 'error', at: '2023-11-14T22:13:20.000Z' },
      ],
    });
    const first = (await world.call('vera', 'GET', `${RUN}/console?from=0&limit=3`)).body.lines;
    expect(first.map(({ text }: { text: string }) => text)).toEqual(['line 0', 'line 1', 'line 2']);
    expect((await world.call('vera', 'GET', `${RUN}/console?limit=2001`)).status).toBe(400);

    const { stream } = await world.call('vera', 'GET', `${RUN}/console.log`);
    const pieces: string[] = [];
    for await (const piece of stream!) pieces.push(String(piece));
    const lines = pieces.join('').split('\n');
    expect([lines.length, lines[0], lines[1199], lines[1200]]).toEqual([1201, 'line 0', 'Killed', '']);
  });

  test('files are listed once their content is there; a download leads to it for a minute, with rights checked at the click', async () => {
    const { files } = await createRunFiles(as('jonas'), ADDRESS, ['output.log', 'media/images/a b.png', 'never-sent.txt']);
    const tokenOf = (url: string) => new URL(url).pathname.split('/')[2]!;
    await acceptUpload(world.platform, tokenOf(files[0]!.uploadUrl), Readable.from([Buffer.from('hello')]));
    await acceptUpload(world.platform, tokenOf(files[1]!.uploadUrl), Readable.from([Buffer.from('pixels')]));
    const listed = await world.call('vera', 'GET', `${RUN}/files?limit=1`);
    expect(listed.body.items).toMatchObject([{ path: 'media/images/a b.png', sizeBytes: 6, mimeType: 'image/png' }]);
    const rest = await world.call('vera', 'GET', `${RUN}/files?limit=5&after=${listed.body.next}`);
    expect(rest.body.items.map(({ path }: { path: string }) => path)).toEqual(['output.log']);

    const { status, location } = await world.call('vera', 'GET', `${RUN}/download?path=output.log`);
    expect([status, location?.startsWith('/storage/')]).toEqual([302, true]);
    const download = await openDownload(world.platform, location!.split('/')[2]!, 'output.log');
    expect(await new Response(Readable.toWeb(download.content) as ReadableStream).text()).toBe('hello');
    for (const [who, path, refused] of [
      ['vera', 'never-sent.txt', 404],
      ['vera', '../secret', 404],
      ['mallory', 'output.log', 404],
      [null, 'output.log', 401],
    ] as const) {
      expect((await world.call(who, 'GET', `${RUN}/download?path=${encodeURIComponent(path)}`)).status).toBe(refused);
    }
    world.advance(61_000);
    await expect(openDownload(world.platform, location!.split('/')[2]!, 'output.log')).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('an alert is shown with where it was posted, and says so when no channel receives alerts', async () => {
    await alertRun(as('jonas'), ADDRESS, { title: 'Unheard', text: '', severity: 'info', waitMs: 0 });
    const channel = async (name: string, path: string, more: object = {}) => {
      const webhookUrl = `http://slack.example:${receiver.port}${path}`;
      const made = await world.call('ana', 'POST', '/teams/acme/slack-channels', { name, webhookUrl, receivesRunAlerts: true, ...more });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
    };
    await channel('ml-alerts', '/ok');
    await channel('off', '/off', { enabled: false });
    await channel('quiet', '/quiet', { receivesRunAlerts: false });
    await alertRun(as('jonas'), ADDRESS, { title: 'Loss is NaN', text: 'at step 4', severity: 'error', waitMs: 60_000 });
    await alertRun(as('jonas'), ADDRESS, { title: 'Loss is NaN', text: 'again', severity: 'error', waitMs: 60_000 });
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/ok']);

    const { body } = await world.call('vera', 'GET', `${RUN}/alerts`);
    expect(body.items).toMatchObject([
      {
        title: 'Loss is NaN',
        text: 'at step 4',
        severity: 'error',
        deliveries: [
          { channel: 'ml-alerts', status: 'delivered', error: null },
          { channel: 'off', status: 'skipped', error: expect.stringContaining('disabled') },
        ],
      },
      { title: 'Unheard', deliveries: [] },
    ]);
    expect((await world.call('mallory', 'GET', `${RUN}/alerts`)).status).toBe(404);
  });

  test('a run of the client is asked to stop, and says so until it has', async () => {
    expect((await world.call('vera', 'POST', `${RUN}/stop`, {})).status).toBe(403);
    expect((await world.call('jonas', 'POST', `${RUN}/stop`, {})).status).toBe(204);
    expect((await world.call('vera', 'GET', RUN)).body).toMatchObject({ state: 'running', stopRequested: true });
    const take = createRunStreams(world.platform.now);
    expect(await take(as('jonas'), { ...ADDRESS, run: 'r1' }, {})).toMatchObject({ stopRequested: true });
    await take(as('jonas'), { ...ADDRESS, run: 'r1' }, { exitCode: 255 });
    expect((await world.call('vera', 'GET', RUN)).body).toMatchObject({ state: 'killed', stopRequested: false });
    expect((await world.call('jonas', 'POST', `${RUN}/stop`, {})).status).toBe(409);
  });

  test('a run fed by events is stopped at once', async () => {
    await world.call('jonas', 'POST', '/projects/acme/vision/events', { type: 'run.state', run: { id: 'e1', state: 'running' } });
    expect((await world.call('jonas', 'POST', '/projects/acme/vision/runs/e1/stop', {})).status).toBe(204);
    expect((await world.call('vera', 'GET', '/projects/acme/vision/runs/e1')).body.state).toBe('killed');
  });
});
