import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_KEY, basic, type ClientServer, startClientServer } from './testing/start-client-server.ts';

let server: ClientServer;
let run: string;
let made = 0;

beforeAll(async () => {
  server = await startClientServer();
  await server.runtime.platform.engine.start();
});
afterAll(async () => {
  await server.runtime.platform.engine.stop();
  await server.stop();
});
beforeEach(async () => {
  run = `r${++made}`;
  await upsert({ name: run });
});

const upsert = (input: object) =>
  server.send('mutation U($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id state } } }', {
    input: { entityName: 'vision', modelName: 'p', ...input },
  });

async function post(body: BodyInit, headers: Record<string, string> = {}, path = `/files/vision/p/${run}/file_stream`) {
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: { authorization: basic(ADMIN_KEY), ...headers }, body });
  return { status: response.status, body: (await response.json()) as { errors?: { message: string }[]; stopped?: boolean } };
}

const history = (offset: number, content: string[]) => JSON.stringify({ files: { 'wandb-history.jsonl': { offset, content } } });

/** The history as the client reads it back, line by line. */
async function read(fields = 'history(samples: 10000)') {
  const { body } = await server.send(
    `query R($run: String!) { project(name: "p", entityName: "vision") { run(name: $run) { ${fields} } } }`,
    {
      run,
    },
  );
  return body.data.project.run;
}
const rows = async () => (await read()).history.map((line: string) => JSON.parse(line));

describe('a body that is not one', () => {
  test.each([
    ['no JSON', '{"files":', 400],
    ['text after the JSON', '{} {}', 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['files that are none', '{"files":{"wandb-history.jsonl":7}}', 400],
    ['lines that are no texts', '{"files":{"wandb-history.jsonl":{"offset":0,"content":[{"loss":1}]}}}', 400],
    ['no list of lines', '{"files":{"wandb-history.jsonl":{"offset":0,"content":"x"}}}', 400],
    ['an offset below zero', history(-1, ['{}']), 400],
    ['an offset that is no number', '{"files":{"wandb-history.jsonl":{"offset":"0","content":["{}"]}}}', 400],
    ['half an offset', history(0.5, ['{}']), 400],
    ['an offset beyond all runs', history(1e15, ['{}']), 400],
    ['a text that is not UTF-8', Buffer.concat([Buffer.from('{"x":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]), 400],
    ['a body nested too deep', `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
  ] as const)('%s is refused, and the run goes on', async (_, body, status) => {
    const refused = await post(body);
    expect(refused).toMatchObject({ status, body: { errors: [{ message: expect.stringMatching(/\w/) }] } });
    expect(await post(history(0, ['{"loss":1,"_step":0}']))).toMatchObject({ status: 200 });
    expect(await rows()).toEqual([{ _step: 0, loss: 1 }]);
  });

  test('nothing is a heartbeat', async () => {
    for (const body of ['', '{}', '{"files":{}}', '{"files":null}', '{"dropped":3,"complete":false,"failed":false}']) {
      expect(await post(body)).toMatchObject({ status: 200 });
    }
    expect(await read('state historyLineCount')).toEqual({ state: 'running', historyLineCount: 0 });
  });

  test('more than 16 MiB are refused, as they come and unpacked', async () => {
    const large = history(0, [`{"x":"${'x'.repeat(17 * 1024 * 1024)}"}`]);
    expect((await post(large)).status).toBe(413);
    expect((await post(gzipSync(large), { 'content-encoding': 'gzip' })).status).toBe(413);
    expect((await post(history(0, ['{"loss":1}']), { 'content-encoding': 'br' })).status).toBe(400);
    expect((await post('no gzip', { 'content-encoding': 'gzip' })).status).toBe(400);
    expect(await rows()).toEqual([]);
  });

  test('one that ends before its length stores nothing, and is taken when it comes again', async () => {
    const whole = history(0, ['{"loss":1,"_step":0}']);
    await new Promise<void>((resolve) => {
      const headers = { authorization: basic(ADMIN_KEY), 'content-length': Buffer.byteLength(whole) };
      const cut = request(`${server.url}/files/vision/p/${run}/file_stream`, { method: 'POST', headers });
      cut.once('error', () => resolve());
      cut.write(whole.slice(0, 30), () => cut.destroy(new Error('cut')));
    });
    expect(await rows()).toEqual([]);
    expect((await post(whole)).status).toBe(200);
    expect(await rows()).toEqual([{ _step: 0, loss: 1 }]);
    expect(server.lines.filter(({ msg }) => msg === 'a request met a bug')).toEqual([]);
  });
});

describe('who may send', () => {
  test('a wrong key is 401, a run that is not there 404, another team’s project too, and a viewer is told', async () => {
    const body = history(0, ['{"loss":1}']);
    expect((await post(body, { authorization: basic('0'.repeat(40)) })).status).toBe(401);
    expect((await post(body, {}, `/files/vision/p/none/file_stream`)).status).toBe(404);
    expect((await post(body, {}, `/files/vision/none/${run}/file_stream`)).status).toBe(404);
    expect((await post(body, {}, `/files/%ff/p/${run}/file_stream`)).status).toBe(404);
    const asAdmin = (path: string, more: object) =>
      fetch(`${server.url}/api/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify(more),
      });
    const key = `key-${run}-`.padEnd(40, '0');
    await asAdmin('/users', { username: `u-${run}`, apiKey: key });
    expect((await post(body, { authorization: basic(key) })).status).toBe(404);
    await asAdmin('/teams/vision/members', { username: `u-${run}`, role: 'viewer' });
    expect((await post(body, { authorization: basic(key) })).status).toBe(403);
    expect(await rows()).toEqual([]);
  });

  test('a run that was deleted meanwhile is 404', async () => {
    const { id } = await read('id');
    await server.send('mutation D($id: ID!) { deleteRun(input: { id: $id }) { clientMutationId } }', { id });
    expect((await post(history(0, ['{"loss":1}']))).status).toBe(404);
  });
});

describe('lines', () => {
  test('that are no JSON keep their place and their text, and the others are stored', async () => {
    expect((await post(history(0, ['{"loss":1,"_step":0}', 'no json', '[1]', '"text"', '', '{"loss":2,"_step":4}']))).status).toBe(200);
    expect(await rows()).toEqual([
      { _step: 0, loss: 1 },
      { _step: 1, _unreadable: 'no json' },
      { _step: 2, _unreadable: '[1]' },
      { _step: 3, _unreadable: '"text"' },
      { _step: 4, _unreadable: '' },
      { _step: 4, loss: 2 },
    ]);
  });

  test('hold NaN and Infinity wherever Python writes them', async () => {
    const content = ['{"a":NaN,"b":Infinity,"c":-Infinity,"d":{"e":NaN,"list":[NaN,1]},"t":"NaN in a text: NaN","_step":0}'];
    await post(history(0, content));
    const text = JSON.stringify({ files: { 'wandb-summary.json': { offset: 0, content: ['{"a":NaN,"n":{"x":-Infinity}}'] } } });
    await post(text.replace('}]', '}]'));
    await upsert({ name: run, config: '{"lr":{"value":NaN}}' });
    expect(await rows()).toEqual([
      { _step: 0, a: 'NaN', b: 'Infinity', c: '-Infinity', d: { e: 'NaN', list: ['NaN', 1] }, t: 'NaN in a text: NaN' },
    ]);
    const { summaryMetrics, config } = await read('summaryMetrics config');
    expect([JSON.parse(summaryMetrics), JSON.parse(config)]).toEqual([{ a: 'NaN', n: { x: '-Infinity' } }, { lr: { value: 'NaN' } }]);
  });

  test('are stored by their offsets: gaps stay until they are filled, what overlaps is written once', async () => {
    const line = (step: number) => `{"v":${step},"_step":${step}}`;
    await post(history(4, [line(4), line(5)]));
    await post(history(0, [line(0), line(1)]));
    expect((await rows()).map(({ v }: { v: number }) => v)).toEqual([0, 1, 4, 5]);
    await post(history(1, [line(1), line(2), line(3), line(4)]));
    await post(history(1, [line(1), line(2), line(3), line(4)]));
    expect((await rows()).map(({ v }: { v: number }) => v)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await read('historyLineCount')).toEqual({ historyLineCount: 6 });
  });

  test('of the console are written anew where a progress bar draws over them', async () => {
    const output = (offset: number, content: string[]) => JSON.stringify({ files: { 'output.log': { offset, content } } });
    await post(output(0, ['10 %', 'next']));
    await post(output(0, ['99 %']));
    const { logLines } = await read('logLines(first: 10) { edges { node { line } } }');
    expect(logLines.edges.map(({ node }: { node: { line: string } }) => node.line)).toEqual(['99 %', 'next']);
  });

  test('with odd steps and names are stored as they are', async () => {
    const odd = ['{"_step":"x","a":1}', '{"_step":null,"a":2}', '{"_step":1e300,"a":3}', '{"_step":-5,"a":4}', '{"_step":1.5,"a":5}'];
    const names = ['{"":1,"a.b":2,"a":{"b":3},"constructor":4,"ünï":5,"x\\u0000y":6,"\\ud800":7,"_step":9}'];
    expect((await post(history(0, [...odd, ...names]))).status).toBe(200);
    const stored = await rows();
    expect(stored.map(({ a }: { a: unknown }) => a)).toEqual([1, 2, 3, 4, 5, { b: 3 }]);
    expect(stored.at(-1)).toMatchObject({ '': 1, 'a.b': 2, constructor: 4, ünï: 5, 'x�y': 6, '�': 7 });
  });

  test('nested too deep are kept as text', async () => {
    const deep = (levels: number) => `{"v":1,"x":${'['.repeat(levels)}${']'.repeat(levels)},"_step":0}`;
    expect((await post(history(0, [deep(63), deep(64), deep(50_000)]))).status).toBe(200);
    expect((await rows()).map((row: object) => Object.keys(row))).toEqual([
      ['_step', 'v', 'x'],
      ['_step', '_unreadable'],
      ['_step', '_unreadable'],
    ]);
  });

  test('a summary that is no JSON is kept as text, and ends nothing', async () => {
    const summary = (text: string) => JSON.stringify({ files: { 'wandb-summary.json': { offset: 0, content: [text] } } });
    expect((await post(summary('{"a":'))).status).toBe(200);
    expect(JSON.parse((await read('summaryMetrics')).summaryMetrics)).toEqual({ _unreadable: '{"a":' });
    await post(summary('{"a":1}'));
    expect(JSON.parse((await read('summaryMetrics')).summaryMetrics)).toEqual({ a: 1 });
  });
});

describe('the end of a run', () => {
  test.each([
    ['{"complete":true,"exitcode":0}', 'finished'],
    ['{"complete":true}', 'finished'],
    ['{"complete":true,"exitcode":255}', 'failed'],
    ['{"complete":false,"exitcode":0}', 'running'],
    ['{"exitcode":null}', 'running'],
  ])('%s leaves it %s', async (body, state) => {
    await post(body);
    expect(await read('state')).toEqual({ state });
  });

  test('preempting, then the end: preempted', async () => {
    await post('{"preempting":true}');
    expect(await read('state')).toEqual({ state: 'preempting' });
    await post('{"complete":true,"exitcode":1}');
    expect(await read('state')).toEqual({ state: 'preempted' });
  });

  test('lines that come after it are stored and change nothing else', async () => {
    await post('{"complete":true,"exitcode":0}');
    await post(history(0, ['{"late":1,"_step":0}']));
    expect(await rows()).toEqual([{ _step: 0, late: 1 }]);
    expect(await read('state')).toEqual({ state: 'finished' });
  });

  test('a run that is to stop hears so with every answer until it ends', async () => {
    const { id } = await read('id');
    await server.send('mutation S($id: ID!) { stopRun(input: { id: $id }) { success } }', { id });
    expect((await post('{}')).body.stopped).toBe(true);
    expect((await post('{}')).body.stopped).toBe(true);
    await post('{"complete":true,"exitcode":255}');
    expect((await post('{}')).body.stopped).toBeUndefined();
    expect(await read('state')).toEqual({ state: 'killed' });
  });
});

test('no body makes a fault of ours', async () => {
  const line = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .dictionary(fc.constantFrom('loss', '_step', '_runtime', '_timestamp', '__proto__', 'toString', 'a.b', 'a', ''), fc.jsonValue())
      .map((value) => JSON.stringify(value)),
  );
  const file = fc.oneof(
    fc.record({ offset: fc.oneof(fc.nat(9), fc.anything()), content: fc.oneof(fc.array(line, { maxLength: 5 }), fc.anything()) }),
    fc.jsonValue(),
  );
  const names = fc.constantFrom('wandb-history.jsonl', 'wandb-events.jsonl', 'wandb-summary.json', 'output.log', 'else');
  const body = fc.oneof(
    { weight: 5, arbitrary: fc.record({ files: fc.dictionary(names, file) }).map((value) => JSON.stringify(value)) },
    fc.record({ complete: fc.jsonValue(), exitcode: fc.jsonValue(), preempting: fc.jsonValue() }).map((value) => JSON.stringify(value)),
    fc.json(),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      expect((await post(text)).status).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
  expect(server.lines.filter(({ msg }) => msg === 'a request met a bug')).toEqual([]);
  expect(typeof (await read('summaryMetrics config historyKeys systemMetrics events(samples: 100)')).config).toBe('string');
});
