import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_KEY, basic, type ClientServer, startClientServer } from './testing/start-client-server.ts';

let server: ClientServer;
let project: string;
let made = 0;
const STRANGER = 'stranger'.padEnd(40, '0');

beforeAll(async () => {
  server = await startClientServer({ HOOKLINE_MAX_FILE_BYTES: '10000' });
  await server.runtime.platform.engine.start();
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ username: 'stranger', apiKey: STRANGER });
  await fetch(`${server.url}/api/v1/users`, { method: 'POST', headers, body });
});
afterAll(async () => {
  await server.runtime.platform.engine.stop();
  await server.stop();
});
beforeEach(async () => {
  project = `p${++made}`;
  await mutate('upsertBucket', 'UpsertBucketInput', 'bucket { id }', { entityName: 'vision', modelName: project, name: 'r' });
});

async function mutate(field: string, type: string, selection: string, input: object, key = ADMIN_KEY) {
  const query = `mutation M($input: ${type}!) { result: ${field}(input: $input) { ${selection} } }`;
  const answer = await server.post(JSON.stringify({ query, variables: { input } }), { authorization: basic(key) });
  return { status: answer.status, result: answer.body.data?.result, message: answer.body.errors?.[0]?.message as string | undefined };
}

const runFiles = (files: string[], key?: string) =>
  mutate(
    'createRunFiles',
    'CreateRunFilesInput',
    'files { name uploadUrl }',
    { entityName: 'vision', projectName: project, runName: 'r', files },
    key,
  );

/** URLs are absolute under the public one; the server of these tests listens on a port of its own. */
const here = (url: string) => server.url + new URL(url).pathname;
const put = (url: string, body: string, headers: Record<string, string> = {}) => fetch(here(url), { method: 'PUT', body, headers });
const md5 = (text: string) => createHash('md5').update(text).digest('base64');

async function readFile(name: string) {
  const query = `query F($p: String!, $n: [String]) { project(name: $p, entityName: "vision") { run(name: "r") { files(names: $n) {
    edges { node { id sizeBytes directUrl md5 } } } } } }`;
  return (await server.send(query, { p: project, n: [name] })).body.data.project.run.files.edges[0]?.node;
}

describe('files of a run', () => {
  test('are uploaded without a key and come back as they were, and may be written anew', async () => {
    const { result } = await runFiles(['a.txt', 'dir/b.txt']);
    const [{ uploadUrl }] = result.files;
    for (const text of ['first', 'second']) {
      const answer = await put(uploadUrl, text);
      expect([answer.status, answer.headers.get('etag')]).toEqual([200, `"${createHash('md5').update(text).digest('hex')}"`]);
    }
    const file = await readFile('a.txt');
    expect(file).toMatchObject({ sizeBytes: 6, md5: md5('second') });
    expect(await (await fetch(here(file.directUrl))).text()).toBe('second');
    expect(await readFile('dir/b.txt')).toBeUndefined(); // nothing has arrived
  });

  test('go out so that nothing in them runs', async () => {
    const { result } = await runFiles(['page.html']);
    await put(result.files[0].uploadUrl, '<script>alert(1)</script>');
    const { headers } = await fetch(here((await readFile('page.html')).directUrl));
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(['../up.txt', '/root.txt', 'a\\b', 'x'.repeat(1025)])('are not called %j', async (name) => {
    expect((await runFiles([name])).status).toBe(422);
  });

  test('are nobody else’s: another’s project is not found', async () => {
    expect(await runFiles(['a.txt'], STRANGER)).toMatchObject({ status: 404 });
  });

  test('can no longer be sent once the run is deleted', async () => {
    const { result } = await runFiles(['a.txt']);
    const { body } = await server.send('query R($p: String!) { project(name: $p, entityName: "vision") { run(name: "r") { id } } }', {
      p: project,
    });
    await mutate('deleteRun', 'DeleteRunInput', 'clientMutationId', { id: body.data.project.run.id });
    expect((await put(result.files[0].uploadUrl, 'x')).status).toBe(410);
  });
});

describe('a signed link', () => {
  const link = async () => (await runFiles(['a.txt'])).result.files[0].uploadUrl as string;
  const parts = (url: string) => new URL(url).pathname.split('/');

  test('that was altered is refused: its object, its limit, its end, its signature', async () => {
    const url = await link();
    const [, , token] = parts(url);
    const [body, mac] = token!.split('.');
    const claim = JSON.parse(Buffer.from(body!, 'base64url').toString()) as unknown[];
    const forged = claim.map((_, index) => claim.with(index, index === 0 ? 'GET' : index === 1 ? 'run_file/1/999' : 1e15));
    for (const other of forged) {
      const path = `/storage/${Buffer.from(JSON.stringify(other)).toString('base64url')}.${mac}/a.txt`;
      expect((await put(server.url + path, 'x')).status).toBe(403);
    }
    for (const broken of [body, `${body}.`, `${body}.${mac!.slice(1)}`, `.${mac}`, 'x.y', '%ff']) {
      expect((await put(`${server.url}/storage/${broken}/a.txt`, 'x')).status).toBe(403);
    }
    expect(await readFile('a.txt')).toBeUndefined();
  });

  test('is refused when its time is over, and for another method than its own', async () => {
    const { urls } = server.runtime.platform.files;
    const [, , token] = parts(await link());
    const claim = JSON.parse(Buffer.from(token!.split('.')[0]!, 'base64url').toString());
    const sign = (until: number) => urls.sign({ method: 'PUT', object: claim[1], maxBytes: 100, until }, 'a.txt');
    expect((await put(sign(server.runtime.platform.now() - 1), 'x')).status).toBe(403);
    expect((await fetch(here(sign(server.runtime.platform.now() + 60_000)))).status).toBe(403);
    expect((await put(sign(server.runtime.platform.now() + 60_000), 'x')).status).toBe(200);
    expect((await put((await readFile('a.txt')).directUrl, 'y')).status).toBe(403);
    expect((await fetch(here(await link()), { method: 'DELETE' })).status).toBe(405);
  });

  test('takes no more than its limit, and nothing is left of what was too long', async () => {
    const url = await link();
    expect((await put(url, 'x'.repeat(10_001))).status).toBe(413);
    expect(await readFile('a.txt')).toBeUndefined();
    expect((await put(url, 'x'.repeat(10_000))).status).toBe(200);
  });

  test('is good only at the server that signed it', async () => {
    const other = await startClientServer();
    const path = new URL(await link()).pathname;
    expect((await fetch(other.url + path, { method: 'PUT', body: 'x' })).status).toBe(403);
    await other.stop();
  });
});

describe('contents of a version', () => {
  // Each test has its own: content that the team has already is not uploaded again.
  const content = () => `weights of ${project}`;
  const named = { digestAlgorithm: 'MANIFEST_MD5', artifactTypeName: 'model', artifactCollectionName: 'net' };
  const manifest = (digest: string) =>
    JSON.stringify({ version: 1, storagePolicy: 'wandb-storage-policy-v1', contents: { 'w.bin': { digest, size: content().length } } });

  async function begin(digest = 'd1') {
    const place = { entityName: 'vision', projectName: project };
    const { result } = await mutate('createArtifact', 'CreateArtifactInput', 'artifact { id }', { ...place, ...named, digest });
    const artifactID = result.artifact.id as string;
    const text = manifest(md5(content()));
    const list = { artifactID, name: 'wandb_manifest.json', digest: md5(text), ...place, runName: 'r', type: 'FULL' };
    const opened = await mutate(
      'createArtifactManifest',
      'CreateArtifactManifestInput',
      'artifactManifest { id file { uploadUrl } }',
      list,
    );
    const manifestUrl = opened.result.artifactManifest.file.uploadUrl as string;
    const upload = (name: string, digest: string, key?: string) => files(artifactID, name, digest, key);
    const commit = (key?: string) => mutate('commitArtifact', 'CommitArtifactInput', 'artifact { state }', { artifactID }, key);
    return { artifactID, text, manifestUrl, upload, commit };
  }

  async function files(artifactID: string, name: string, digest: string, key = ADMIN_KEY) {
    const input = { artifactFiles: [{ artifactID, name, md5: digest }], storageLayout: 'V2' };
    const { status, result } = await mutate(
      'createArtifactFiles',
      'CreateArtifactFilesInput',
      'files { edges { node { uploadUrl } } }',
      input,
      key,
    );
    return { status, url: result?.files.edges[0].node.uploadUrl as string | null | undefined };
  }

  /** Where the version's manifest is uploaded to. */
  async function openManifest(artifactID: string, text: string): Promise<string> {
    const list = { artifactID, name: 'm', digest: md5(text), entityName: 'vision', projectName: project, runName: 'r' };
    const opened = await mutate('createArtifactManifest', 'CreateArtifactManifestInput', 'artifactManifest { file { uploadUrl } }', list);
    return opened.result.artifactManifest.file.uploadUrl;
  }

  async function sizesOf(artifactID: string) {
    const query = 'query A($id: ID!) { artifact(id: $id) { size files { edges { node { sizeBytes } } } } }';
    const { size, files } = (await server.send(query, { id: artifactID })).body.data.artifact;
    return [size, ...files.edges.map(({ node }: { node: { sizeBytes: number } }) => node.sizeBytes)];
  }

  test('are taken until the commit, and refused after it', async () => {
    const version = await begin();
    const { url } = await version.upload('w.bin', md5(content()));
    expect((await put(url!, content())).status).toBe(200);
    expect((await put(url!, content())).status).toBe(200);
    expect((await put(version.manifestUrl, version.text)).status).toBe(200);
    expect(await version.commit()).toMatchObject({ status: 200, result: { artifact: { state: 'COMMITTED' } } });
    expect((await put(url!, content())).status).toBe(410);
    expect((await put(version.manifestUrl, version.text)).status).toBe(410);
    expect((await version.upload('more.bin', md5('more'))).status).toBe(410);
    expect(await version.commit()).toMatchObject({ status: 200 }); // said twice, it changes nothing
  });

  test('must be what was announced', async () => {
    const version = await begin();
    const { url } = await version.upload('w.bin', md5(content()));
    const refused = await put(url!, 'other');
    expect([refused.status, (await refused.json()).error.message]).toEqual([400, expect.stringContaining('MD5')]);
    expect((await put(version.manifestUrl, '{}')).status).toBe(400);
    await put(version.manifestUrl, version.text);
    expect(await version.commit()).toMatchObject({ status: 422, message: expect.stringContaining('"w.bin"') });
    await put(url!, content());
    expect(await version.commit()).toMatchObject({ status: 200 });
  });

  test('are not committed without a manifest, or with one that cannot be read', async () => {
    const version = await begin();
    expect(await version.commit()).toMatchObject({ status: 422 });
    for (const broken of ['no json', '[]', '{"contents":7}', '{"contents":{"../up":{"digest":"x"}}}']) {
      await put(await openManifest(version.artifactID, broken), broken);
      expect([broken, (await version.commit()).status]).toEqual([broken, 422]);
    }
  });

  test('are as long as they are, whatever the manifest says; sizes and lists beyond all measure are refused with what to do', async () => {
    const lists: [string, string | null][] = [
      [`{"contents":{"w.bin":{"digest":"${md5(content())}","size":9007199254740991}}}`, null],
      ['{"contents":{"a":{"digest":"x","size":1e300,"ref":"s3://b/a"}}}', 'size must be a whole number'],
      [
        `{"contents":{"a":${JSON.stringify({ digest: 'x', size: 2 ** 52, ref: 's3://b/a' })},"b":${JSON.stringify({ digest: 'y', size: 2 ** 53 - 1, ref: 's3://b/b' })}}}`,
        'terabytes',
      ],
      ['{"contents":{"a":{"digest":"x\\u0000","ref":"s3://b/a"}}}', 'NUL'],
      [`{"contents":{"a":{"digest":"x","ref":"s3://b/a","extra":${'['.repeat(70)}${']'.repeat(70)}}}}`, 'nested deeper'],
      [`{"contents":{"a":{"digest":"${'x'.repeat(3000)}","ref":"s3://b/a"}}}`, 'digest'],
    ];
    for (const [text, refusal] of lists) {
      const version = await begin();
      const { url } = await version.upload('w.bin', md5(content()));
      if (url) await put(url, content());
      expect((await put(await openManifest(version.artifactID, text), text)).status).toBe(200);
      const { status, message } = await version.commit();
      if (refusal !== null) expect([status, message]).toEqual([422, expect.stringContaining(refusal)]);
      else expect([status, await sizesOf(version.artifactID)]).toEqual([200, [content().length, content().length]]);
    }
  });

  test('that are here already need no upload; those of another’s project cannot be asked for', async () => {
    const version = await begin();
    await put((await version.upload('w.bin', md5(content()))).url!, content());
    expect(await version.upload('again.bin', md5(content()))).toEqual({ status: 200, url: null });
    expect(await version.upload('w.bin', md5(content()), STRANGER)).toMatchObject({ status: 404 });
    expect(await version.commit(STRANGER)).toMatchObject({ status: 404 });
    expect(await version.upload('w.bin', 'no digest')).toMatchObject({ status: 422 });
  });
});
