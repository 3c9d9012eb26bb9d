import { randomBytes } from 'node:crypto';
import { DemoApi } from './demo-api.ts';
import { type DemoReceiver, RECEIVER_HOST } from './demo-receiver.ts';

export const ORGANIZATION = 'Acme';
export const TEAM = 'acme';
export const ADMIN = 'ana';

export type People = Record<'ana' | 'jonas' | 'mei' | 'priya', DemoApi>;

export const newKey = () => randomBytes(20).toString('hex');

/** Colleagues of the admin, each with a key of their own, so that what happens has authors. */
export async function makePeople(port: number, adminKey: string): Promise<People> {
  const ana = new DemoApi(port, adminKey);
  const hire = async (username: string, role: string) => {
    const apiKey = newKey();
    await ana.post('/users', { username, apiKey });
    await ana.post(`/teams/${TEAM}/members`, { username, role });
    return new DemoApi(port, apiKey);
  };
  return { ana, jonas: await hire('jonas', 'member'), mei: await hire('mei', 'member'), priya: await hire('priya', 'member') };
}

/** Registries, secrets, webhooks and Slack channels. */
export async function makeIntegrations({ ana }: People, receiver: DemoReceiver): Promise<void> {
  await ana.post('/registries', { name: 'model', organization: 'acme-org', artifactTypes: ['model'] });
  await ana.post('/registries', { name: 'dataset', organization: 'acme-org', artifactTypes: ['dataset'] });
  const secret = (name: string) => ana.post(`/teams/${TEAM}/secrets`, { name, value: randomBytes(24).toString('base64url') });
  for (const name of ['DEPLOY_TOKEN', 'DEPLOY_SIGNING', 'GITHUB_TOKEN']) await secret(name);
  const webhook = (fields: object) => ana.post(`/teams/${TEAM}/webhooks`, { confirmHost: RECEIVER_HOST, ...fields });
  await webhook({
    name: 'deploy-hook',
    url: receiver.url('deploy'),
    accessTokenSecret: 'DEPLOY_TOKEN',
    signingSecret: 'DEPLOY_SIGNING',
  });
  await webhook({ name: 'github-dispatch', url: receiver.deadUrl('repos/acme/vision/dispatches'), accessTokenSecret: 'GITHUB_TOKEN' });
  await webhook({ name: 'model-catalog', url: receiver.url('model-catalog'), signingSecret: 'DEPLOY_SIGNING', signatureEncoding: 'hex' });
  await webhook({ name: 'retrain-queue', url: receiver.url('retrain') });
  await webhook({ name: 'quality-gate', url: receiver.url('quality-gate'), accessTokenSecret: 'DEPLOY_TOKEN' });
  const channel = (name: string) => ana.post(`/teams/${TEAM}/slack-channels`, { name, webhookUrl: receiver.url(`slack/${name}`) });
  await channel('ml-alerts');
  await channel('ml-daily');
}
