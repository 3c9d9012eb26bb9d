import { randomBytes } from 'node:crypto';
import { logAsClient } from './client-run.ts';
import { RECEIVER_DOMAIN } from './instance.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { type Rest, restAs } from './rest.ts';

/** A place where something of everything has happened: what the pages are looked at with. */
export interface Scene {
  visitor: { username: string; password: string; apiKey: string };
  rest: Rest;
  team: string;
  project: string;
  registry: string;
  organization: string;
  automation: string;
  execution: string;
  webhook: string;
  channel: string;
  event: string;
  invite: string;
  reset: string;
}

/** The visitor is an admin of the instance and of the team, so that every page opens. */
export async function arrangeScene(): Promise<{ scene: Scene; close: () => Promise<void> }> {
  const tag = randomBytes(4).toString('hex');
  const receiver = await startReceiver(`scene-${tag}`);
  const root = restAs();
  const [team, project, registry] = [`scene-${tag}`, 'vision', `models-${tag}`];
  const visitor = { username: `scout-${tag}`, password: 'correct horse battery staple', apiKey: randomBytes(20).toString('hex') };
  await root.post('/teams', { name: team });
  await root.post('/users', { ...visitor, admin: true });
  await root.post(`/teams/${team}/members`, { username: visitor.username, role: 'admin' });
  const { organization } = await root.post<{ organization: string }>('/registries', { name: registry, description: 'What we rely on' });
  const rest = restAs(visitor.apiKey);
  await rest.post('/projects', { entity: team, name: project, description: 'Detectors for the line' });
  const { automation, execution, webhook, channel } = await fireOnce(rest, { team, project, registry, organization, receiver });
  await logAsClient(visitor.apiKey, { entity: team, project, run: 'r2' });
  const { event } = await rest.get<{ event: { id: string } }>(`/executions/${execution}`);
  const link = await rest.post<{ url: string }>(`/teams/${team}/invites`, { role: 'member' });
  const reset = await rest.post<{ url: string }>(`/users/${visitor.username}/reset-link`);
  const scene = {
    ...{ visitor, rest, team, project, registry, organization, automation, execution, webhook, channel, event: event.id },
    invite: new URL(link.url).pathname,
    reset: new URL(reset.url).pathname,
  };
  return { scene, close: () => receiver.close() };
}

type Places = { team: string; project: string; registry: string; organization: string; receiver: Receiver };

async function fireOnce(rest: Rest, { team, project, registry, organization, receiver }: Places) {
  await rest.post(`/teams/${team}/secrets`, { name: 'SIGNING', value: 'a-long-signing-secret' });
  const webhook = await rest.post<{ id: string }>(`/teams/${team}/webhooks`, {
    name: 'deploy-hook',
    url: receiver.url,
    signingSecret: 'SIGNING',
    asymmetricSignature: true,
  });
  const channel = await rest.post<{ id: string }>(`/teams/${team}/slack-channels`, {
    name: 'ml-alerts',
    webhookUrl: new URL(`/services/T0/B0/${randomBytes(12).toString('hex')}`, receiver.url).href,
  });
  const scope = { project: `${team}/${project}` };
  const deploy = await rest.post<{ id: string }>('/automations', {
    name: 'Deploy on production',
    scope,
    on: 'artifact.alias_added',
    filter: { alias: '^production$' },
    action: { webhook: 'deploy-hook', payload: { version: '${artifact_version_string}' } },
  });
  await rest.post(`/teams/${team}/webhooks`, { name: 'nobody-there', url: `http://nobody.${RECEIVER_DOMAIN}:1025/hook` });
  await rest.post('/automations', {
    name: 'Tell the tracker',
    scope,
    on: 'run.state',
    filter: { states: ['failed'] },
    action: { webhook: 'nobody-there' },
    retry: { delaysSeconds: [0] },
  });
  await rest.post('/automations', {
    name: 'Watch failures',
    scope,
    on: 'run.state',
    filter: { states: ['failed'] },
    action: { nothing: true },
  });
  await rest.post('/automations', {
    name: 'Watch the registry',
    scope: { registry: `${organization}/${registry}` },
    on: 'artifact.linked',
    action: { nothing: true },
  });
  const { executions } = await rest.post<{ executions: string[] }>(`/projects/${team}/${project}/events`, [
    { type: 'run.metrics', run: { id: 'r1', name: 'swift-fox-1', tags: ['prod'], config: { lr: 0.1 } }, metrics: curve() },
    { type: 'artifact.created', artifact: { collection: 'detector', type: 'model', metadata: { accuracy: 0.91 }, tags: ['eu'] } },
    { type: 'artifact.alias_added', artifact: { collection: 'detector', version: 0 }, alias: 'production' },
    {
      type: 'artifact.linked',
      artifact: { collection: 'detector', version: 0 },
      to: { registry, collection: 'fraud' },
      aliases: ['staging'],
    },
    { type: 'run.state', run: { id: 'r1', state: 'failed' } },
  ]);
  await receiver.next();
  return { automation: deploy.id, execution: executions[0]!, webhook: webhook.id, channel: channel.id };
}

const curve = () => Array.from({ length: 20 }, (_, step) => ({ step, values: { loss: 1 / (step + 1), 'val/acc': step / 20 } }));
