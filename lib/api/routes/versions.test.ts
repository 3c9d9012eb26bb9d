import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { beforeAll, expect, test } from 'vitest';
import { createArtifactFiles, createManifest, manifestUploadUrl } from '#lib/services/artifacts/artifact-manifest.ts';
import { useArtifact } from '#lib/services/artifacts/change-artifact.ts';
import { commitArtifact } from '#lib/services/artifacts/commit-artifact.ts';
import { type ArtifactDraft, createArtifact } from '#lib/services/artifacts/create-artifact.ts';
import { countFilesOf, listFilesOf } from '#lib/services/artifacts/list-artifacts.ts';
import { createRunFiles, listFilesOfRun } from '#lib/services/files/run-files.ts';
import { acceptUpload, openDownload } from '#lib/services/files/storage.ts';
import { upsertRun } from '#lib/services/runs/upsert-run.ts';
import { asUser } from '#lib/services/testing.ts';
import { findRun } from '#lib/store/runs.ts';
import { describeStores } from '#lib/store/testing.ts';
import { insertVersionUse } from '#lib/store/version-uses.ts';
import { findVersionByNumber } from '#lib/store/versions.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { collectionRoutes } from './collections.ts';
import { registryRoutes } from './registries.ts';
import { runRecordRoutes } from './run-records.ts';
import { versionRoutes } from './versions.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('base64');
const tokenOf = (url: string) => new URL(url).pathname.split('/')[2]!;

describeStores('versions over REST', (makeStore) => {
  let world: World;
  let model: number;
  const as = (who: string) => asUser(world.platform, world.users.get(who)!);

  /** As the client does it: contents, then the manifest that names them, then the commit. */
  async function log(
    who: string,
    run: { entity: string; project: string; runId: string },
    [type, collection]: [string, string],
    files: Record<string, string>,
    references: Record<string, string> = {},
  ): Promise<number> {
    const { entity, project, runId } = run;
    world.advance(1000);
    const stored = Object.entries(files).map(([path, text]) => [path, { digest: md5(text), size: text.length }]);
    const elsewhere = Object.entries(references).map(([path, ref]) => [path, { digest: 'etag-1', size: 9, ref }]);
    const manifest = JSON.stringify({
      version: 1,
      storagePolicy: 'wandb-storage-policy-v1',
      storagePolicyConfig: { storageLayout: 'V2' },
      contents: Object.fromEntries([...stored, ...elsewhere]),
    });
    const { id } = await createArtifact(as(who), {
      ...{ entity, project, runId, type, collection, digest: md5(manifest), description: 'Trained on day 3', aliases: [], tags: [] },
      ...{ metadata: { f1: 0.9 }, ttlSeconds: null, historyStep: null, clientId: null, distributedId: null },
      ...{ collectionClientId: null, deduplicate: false },
    });
    const specs = Object.entries(files).map(([name, text]) => ({ versionNumber: id, name, md5: md5(text) }));
    for (const { name, uploadUrl } of await createArtifactFiles(as(who), specs)) {
      if (uploadUrl) await acceptUpload(world.platform, tokenOf(uploadUrl), Readable.from([Buffer.from(files[name]!)]));
    }
    const draft = { versionNumber: id, name: 'wandb_manifest.json', digest: md5(manifest), kind: 'FULL', baseVersion: null } as const;
    const made = await createManifest(as(who), draft);
    await acceptUpload(world.platform, tokenOf(manifestUploadUrl(as(who), made)), Readable.from([Buffer.from(manifest)]));
    await commitArtifact(as(who), id, () => null);
    return id;
  }

  /** A version without its manifest, and where that is uploaded to. */
  async function begin(
    collection: string,
    text: string,
    draft: Partial<ArtifactDraft> = {},
  ): Promise<{ id: number; manifestToken: string }> {
    const { id } = await createArtifact(as('jonas'), {
      ...{ ...TRAIN, type: 'dataset', collection, digest: 'd', description: '', aliases: [], tags: [] },
      ...{ metadata: {}, ttlSeconds: null, historyStep: null, clientId: null, distributedId: null },
      ...{ collectionClientId: null, deduplicate: false, ...draft },
    });
    const list = { versionNumber: id, name: 'wandb_manifest.json', digest: md5(text), kind: 'FULL', baseVersion: null } as const;
    const ctx = { ...as('jonas'), files: { ...world.platform.files, maxBytes: 5 * 1024 ** 3 } }; // as an instance has it
    return { id, manifestToken: tokenOf(manifestUploadUrl(ctx, await createManifest(ctx, list))) };
  }

  const get = async (who: string | null, path: string) => {
    const { status, body } = await world.call(who, 'GET', path);
    return status === 200 ? body : status;
  };
  const DETECTOR = '/projects/acme/vision/artifacts/model/detector/versions';
  const TRAIN = { entity: 'acme', project: 'vision', runId: 'train' };
  const EVAL = { entity: 'acme', project: 'vision', runId: 'eval' };
  const THEIRS = { entity: 'rival', project: 'plans', runId: 'spy' };

  beforeAll(async () => {
    world = await makeWorld(await makeStore(), [...collectionRoutes, ...versionRoutes, ...registryRoutes, ...runRecordRoutes]);
    for (const run of [TRAIN, EVAL]) await upsertRun(as('jonas'), run, { name: `${run.runId}-1` });
    const restricted = { name: 'closed', organization: 'acme-org', visibility: 'restricted' };
    expect((await world.call('ana', 'POST', '/registries', restricted)).status).toBe(201);
    const dataset = await log('jonas', EVAL, ['dataset', 'images'], { 'images/a.png': 'pixels' });
    await useArtifact(as('jonas'), dataset, TRAIN, null);
    model = await log(
      'jonas',
      TRAIN,
      ['model', 'detector'],
      { 'model.pt': 'weights', 'cfg/a b.json': '{}' },
      { 'big.bin': 's3://bucket/big.bin' },
    );
    await useArtifact(as('jonas'), model, EVAL, null);
    await log('jonas', EVAL, ['report', 'scores'], { 'scores.csv': '1,2' });
    for (const registry of ['model', 'closed']) {
      const linked = await world.call('ana', 'POST', `${DETECTOR}/v0/links`, { registry, collection: 'fraud', aliases: ['staging'] });
      expect(linked.status, JSON.stringify(linked.body)).toBe(201);
    }
  });

  test('files are listed and counted by more names than a statement takes parameters', async () => {
    const { run, files } = await createRunFiles(as('jonas'), TRAIN, ['f1', 'f0', 'f1']);
    expect(files.map(({ name }) => name)).toEqual(['f1', 'f0', 'f1']);
    expect(new Set(files.map(({ uploadUrl }) => uploadUrl)).size).toBe(2);
    await acceptUpload(world.platform, tokenOf(files[0]!.uploadUrl), Readable.from([Buffer.from('x')]));
    const names = Array.from({ length: 70_000 }, (_, i) => `f${i}`);
    expect(await listFilesOfRun(as('jonas'), run, { names }, { limit: 5 })).toMatchObject([{ name: 'f1' }]);
    const version = (await findVersionByNumber(world.platform.db, model))!;
    const paths = [...names, 'model.pt'];
    expect(await listFilesOf(as('vera'), version, paths, { limit: 5 })).toMatchObject([{ path: 'model.pt' }]);
    expect(await countFilesOf(as('vera'), version, paths)).toBe(1);
  });

  test('a digest or client’s id that no index holds is refused', async () => {
    const long = randomBytes(6000).toString('hex');
    for (const key of ['digest', 'clientId', 'collectionClientId', 'distributedId'] as const)
      await expect(begin('long', 'x', { [key]: long })).rejects.toMatchObject({ code: 'invalid', issues: [{ path: [key] }] });
  });

  test('a manifest names at most 200,000 files, and its link takes no more than such a list needs', async () => {
    const list = (count: number) =>
      `{"contents":{${Array.from({ length: count }, (_, i) => `"${i}":{"digest":"e","size":1,"ref":"s3://b/${i}"}`).join(',')}}}`;
    const text = list(200_001);
    const { id, manifestToken } = await begin('many', text);
    const [, , maxBytes] = JSON.parse(Buffer.from(manifestToken.split('.')[0]!, 'base64url').toString());
    expect(maxBytes).toBe(64 * 1024 * 1024);
    await acceptUpload(world.platform, manifestToken, Readable.from([Buffer.from(text)]));
    const refused = commitArtifact(as('jonas'), id, () => null);
    await expect(refused).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('at most 200,000 files') });
  });

  test('a version tells who made it, what it is, and where it is linked: only places that the reader sees', async () => {
    const detail = {
      version: 'v0',
      qualifiedName: 'acme/vision/detector:v0',
      collection: 'detector',
      type: 'model',
      description: 'Trained on day 3',
      metadata: { f1: 0.9 },
      files: 3,
      linked: false,
      source: null,
      run: { entity: 'acme', project: 'vision', id: 'train', name: 'train-1' },
      role: 'viewer',
    };
    const linkedTo = [{ entity: 'acme-org', registry: 'model', type: 'model', collection: 'fraud', version: 'v0' }];
    const seen = await get('vera', `${DETECTOR}/v0`);
    expect(seen).toMatchObject({ ...detail, linkedTo });
    expect(seen.linkedTo).toHaveLength(1);
    expect((await get('ana', `${DETECTOR}/v0`)).linkedTo.map(({ registry }: { registry: string }) => registry)).toEqual([
      'model',
      'closed',
    ]);
    const [listed] = (await get('vera', DETECTOR)).items;
    expect(listed.linkedTo).toEqual(seen.linkedTo);
    expect(await get('mallory', `${DETECTOR}/v0`)).toBe(404);
  });

  test('in a registry it tells its source, to who sees that project, and leaves out names of projects to others', async () => {
    const at = '/registries/model/collections/fraud/versions';
    const source = { entity: 'acme', project: 'vision', registry: null, type: 'model', collection: 'detector', version: 'v0' };
    expect(await get('vera', `${at}/staging`)).toMatchObject({ version: 'v0', linked: true, source, linkedTo: [], run: { id: 'train' } });
    expect((await get('vera', `${at}/v0`)).qualifiedName).toBe('acme-org/wandb-registry-model/fraud:v0');
    expect(await get('olga', `${at}/v0`)).toMatchObject({ linked: true, source: null, run: null, linkedTo: [] });
    expect(await get('olga', `${at}/v0/lineage`)).toEqual({ madeBy: null, madeFrom: [], usedBy: [], more: false });
    expect((await get('olga', at)).items).toMatchObject([{ version: 'v0', source: null }]);
  });

  test('an alias names a version to read it, and only its number to change it', async () => {
    expect(await get('vera', `${DETECTOR}/latest`)).toMatchObject({ version: 'v0' });
    expect(await get('vera', `${DETECTOR}/v7`)).toBe(404);
    expect(await get('vera', `${DETECTOR}/nope`)).toBe(404);
    expect((await world.call('jonas', 'PATCH', `${DETECTOR}/latest`, { addTags: ['x'] })).status).toBe(400);
  });

  test('files are listed with where references lie; a download leads to the content, which takes the right to download', async () => {
    const { items, next } = await get('vera', `${DETECTOR}/v0/files?limit=2`);
    expect(items).toEqual([
      { path: 'big.bin', sizeBytes: 9, digest: 'etag-1', reference: 's3://bucket/big.bin' },
      { path: 'cfg/a b.json', sizeBytes: 2, digest: md5('{}'), reference: null },
    ]);
    expect((await get('vera', `${DETECTOR}/v0/files?after=${next}`)).items).toMatchObject([{ path: 'model.pt', sizeBytes: 7 }]);

    for (const at of [DETECTOR, '/registries/model/collections/fraud/versions']) {
      const { status, location } = await world.call('vera', 'GET', `${at}/v0/download?path=model.pt`);
      expect(status).toBe(302);
      const download = await openDownload(world.platform, location!.split('/')[2]!, 'model.pt');
      expect(await new Response(Readable.toWeb(download.content) as ReadableStream).text()).toBe('weights');
    }
    const refused = async (who: string | null, path: string) =>
      (await world.call(who, 'GET', `${DETECTOR}/v0/download?path=${encodeURIComponent(path)}`)).status;
    expect(await refused('vera', 'nothing.txt')).toBe(404);
    expect(await refused('vera', 'big.bin')).toBe(409);
    expect(await refused('mallory', 'model.pt')).toBe(404);
    expect(await refused(null, 'model.pt')).toBe(401);
  });

  test('lineage tells what it came from and what came of it, without runs of others', async () => {
    const lineage = await get('vera', `${DETECTOR}/v0/lineage`);
    expect(lineage).toMatchObject({
      madeBy: { id: 'train' },
      madeFrom: [{ project: 'vision', type: 'dataset', collection: 'images', version: 'v0' }],
      usedBy: [{ run: { id: 'eval', name: 'eval-1' }, made: [{ collection: 'images' }, { collection: 'scores' }] }],
      more: false,
    });
    const inRegistry = await get('vera', '/registries/model/collections/fraud/versions/v0/lineage');
    expect(inRegistry).toEqual(lineage);
  });

  test('a run tells what it made and what it used', async () => {
    const made = await get('vera', '/projects/acme/vision/runs/train/artifacts?role=made');
    expect(made.items).toMatchObject([{ collection: 'detector', version: 'v0', aliases: ['latest'], registry: null }]);
    const used = await get('vera', '/projects/acme/vision/runs/train/artifacts?role=used');
    expect(used.items).toMatchObject([{ collection: 'images', type: 'dataset', version: 'v0' }]);
    expect(await get('vera', '/projects/acme/vision/runs/train/artifacts')).toBe(400);
    expect(await get('mallory', '/projects/acme/vision/runs/train/artifacts?role=made')).toBe(404);
  });

  test('metadata and description are changed where the version was made, not through a link to it', async () => {
    const linked = '/registries/model/collections/fraud/versions/v0';
    expect((await world.call('ana', 'PATCH', linked, { metadata: { f1: 1 } })).status).toBe(409);
    const changed = await world.call('jonas', 'PATCH', `${DETECTOR}/v0`, { metadata: { f1: 0.95 }, description: 'Better' });
    expect(changed.body).toMatchObject({ metadata: { f1: 0.95 }, description: 'Better' });
    expect(await get('vera', linked)).toMatchObject({ metadata: { f1: 0.95 }, description: 'Better' });
    expect((await world.call('jonas', 'PATCH', `${DETECTOR}/v0`, { description: '' })).body).toMatchObject({
      metadata: { f1: 0.95 },
      description: '',
    });
  });

  test('a run of another team that uses a version is not named', async () => {
    await upsertRun(as('mallory'), THEIRS, { name: 'spy-1' });
    const { rival, acme } = world.entities;
    const spy = (await findRun(world.platform.db, rival.id, world.projects.secretPlans.id, 'spy'))!.run;
    await insertVersionUse(world.platform.db, { entityId: rival.id, run: spy.id }, { entityId: acme.id, id: model }, null, 0);
    const { usedBy } = await get('ana', `${DETECTOR}/v0/lineage`);
    expect(usedBy.map(({ run }: { run: { id: string } }) => run.id)).toEqual(['eval']);
  });
});
