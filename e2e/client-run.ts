import { e2eInstance } from './instance.ts';

/**
 * A run as the Python client would feed it, for pages that show what events cannot send: system metrics, console, a file and an
 * alert. The real client is in client.spec.ts; this needs no Python.
 */
export async function logAsClient(apiKey: string, at: { entity: string; project: string; run: string }): Promise<void> {
  const { url } = e2eInstance();
  const authorization = `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`;
  const send = async (method: string, address: string, body: BodyInit, headers: Record<string, string> = { authorization }) => {
    const response = await fetch(address, { method, body, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${address} answered ${response.status}: ${text}`);
    return text;
  };
  const graphql = async (query: string, variables: object) =>
    JSON.parse(await send('POST', `${url}/graphql`, JSON.stringify({ query, variables }))).data;

  const { entity, project, run } = at;
  await graphql(UPSERT, { input: { entityName: entity, modelName: project, name: run, displayName: 'amber-owl-2', host: 'gpu-07' } });
  const events = [0, 15, 30].map((second) => JSON.stringify({ _runtime: second, 'system.cpu': 20 + second, 'system.gpu.0.memory': 71 }));
  const files = {
    'wandb-history.jsonl': { offset: 0, content: [JSON.stringify({ _step: 0, loss: 0.5 }), JSON.stringify({ _step: 1, loss: 0.4 })] },
    'wandb-events.jsonl': { offset: 0, content: events },
    'output.log': { offset: 0, content: ['epoch 1', 'ERROR 2026-11-21T04:28:37.120000 out of memory'] },
    'wandb-summary.json': { offset: 0, content: [JSON.stringify({ loss: 0.4 })] },
  };
  await send('POST', `${url}/files/${entity}/${project}/${run}/file_stream`, JSON.stringify({ files }));
  const { createRunFiles } = await graphql(FILES, { input: { entityName: entity, projectName: project, runName: run, files: ['a.txt'] } });
  await send('PUT', createRunFiles.files[0].uploadUrl, 'hello', {});
  await graphql(ALERT, { input: { entityName: entity, projectName: project, runName: run, title: 'Loss is flat', text: 'for 50 steps' } });
}

const UPSERT = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }';
const FILES = 'mutation ($input: CreateRunFilesInput!) { createRunFiles(input: $input) { files { name uploadUrl } } }';
const ALERT = 'mutation ($input: NotifyScriptableRunAlertInput!) { notifyScriptableRunAlert(input: $input) { success } }';
