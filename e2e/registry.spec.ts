import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures.ts';
import { choose, chooseInMenu } from './forms.ts';
import { ADMIN } from './instance.ts';

test('a registry is created, a version linked into it, and its alias fires the automation that watches the registry', async ({
  page,
  team,
  project,
  rest,
  receiver,
  enter,
}) => {
  const registry = `models-${randomBytes(4).toString('hex')}`;
  await rest.post(`/projects/${team}/${project}/events`, { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } });
  await rest.post(`/teams/${team}/webhooks`, { name: 'deploy-hook', url: receiver.url });
  await enter(page, ADMIN);

  await page.goto('/registry');
  await page.getByRole('button', { name: 'Create registry' }).first().click();
  await page.getByLabel('Registry name').fill(registry);
  await page.getByRole('dialog').getByRole('button', { name: 'Create registry' }).click();
  await expect(page.getByRole('heading', { name: registry })).toBeVisible();

  const { organization } = await rest.get<{ organization: string }>(`/registries/${registry}`);
  await rest.post('/automations', {
    name: 'Deploy what the registry says',
    scope: { registry: `${organization}/${registry}` },
    on: 'artifact.alias_added',
    filter: { alias: '^production$' },
    team,
    action: { webhook: 'deploy-hook', payload: { version: '${artifact_version_string}', source: '${source_version_string}' } },
  });

  await page.goto(`/${team}/${project}/artifacts/model/detector`);
  await chooseInMenu(page, 'More actions for v0', 'Link to registry');
  const link = page.getByRole('dialog');
  await choose(link, 'Registry', new RegExp(registry));
  await link.getByLabel('Collection').fill('fraud');
  await link.getByRole('button', { name: 'Link', exact: true }).click();
  await expect(page.getByRole('link', { name: `${registry}/fraud:v0` })).toBeVisible();

  await page.goto(`/registry/${registry}/fraud`);
  await chooseInMenu(page, 'More actions for v0', 'Edit aliases and tags');
  const edit = page.getByRole('dialog');
  await edit.getByLabel('Aliases').fill('production');
  await edit.getByLabel('Aliases').press('Enter');
  await edit.getByRole('button', { name: 'Save' }).click();
  expect(JSON.parse((await receiver.next()).body)).toEqual({
    version: `${organization}/wandb-registry-${registry}/fraud:v0`,
    source: `${team}/${project}/detector:v0`,
  });
  await expect(page.getByRole('cell', { name: 'latest production' })).toBeVisible();
});
