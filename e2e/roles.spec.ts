import { expect, test } from './fixtures.ts';

const watchFailures = (team: string, project: string) => ({
  name: 'Watch failures',
  scope: { project: `${team}/${project}` },
  on: 'run.state',
  filter: { states: ['failed'] },
  action: { nothing: true },
});

test('a viewer reads words where others have controls, and is refused over REST', async ({
  page,
  team,
  project,
  actor,
  makePerson,
  enter,
}) => {
  const { id } = await actor.rest.post<{ id: string }>('/automations', watchFailures(team, project));
  const viewer = await makePerson('viewer');
  await enter(page, viewer);
  await page.goto(`/${team}/${project}/automations`);
  await expect(page.getByRole('link', { name: 'Watch failures' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Create automation' })).toHaveCount(0);
  await expect(page.getByRole('switch')).toHaveCount(0);
  await page.goto(`/${team}/${project}/automations/new`);
  await expect(page.getByRole('heading', { name: 'You may not create or change automations here' })).toBeVisible();
  await page.goto(`/automations/${id}`);
  await expect(page.getByRole('heading', { name: 'Watch failures' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run now' })).toHaveCount(0);
  await page.goto(`/${team}/settings/secrets`);
  await expect(page.getByText('You may not see the names of secrets here')).toBeVisible();
  await expect(page.getByText(actor.username)).toBeVisible();

  await expect(viewer.rest.get(`/automations/${id}`)).resolves.toMatchObject({ name: 'Watch failures' });
  await expect(viewer.rest.patch(`/automations/${id}`, { enabled: false })).rejects.toThrow(/answered 403/);
  await expect(viewer.rest.post('/automations', watchFailures(team, project))).rejects.toThrow(/answered 403/);
  await expect(viewer.rest.get(`/teams/${team}/secrets`)).rejects.toThrow(/answered 403/);
});

test('who may make automations nowhere is told so before filling in the wizard', async ({ page, team, rest, makePerson, enter }) => {
  const viewer = await makePerson();
  const { entities } = await rest.get<{ entities: { name: string; kind: string }[] }>('/me');
  const organization = entities.find(({ kind }) => kind === 'organization')!.name;
  await rest.post(`/organizations/${organization}/members`, { username: viewer.username, role: 'viewer' });
  await rest.post(`/teams/${team}/members`, { username: viewer.username, role: 'viewer' });
  await enter(page, viewer);
  await page.goto('/automations/new');
  await expect(page.getByRole('heading', { name: 'There is no place in which you may create automations' })).toBeVisible();
  await page.goto('/automations');
  await expect(page.getByRole('heading', { name: 'Automations', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Create automation' })).toHaveCount(0);
  const { name } = await rest.post<{ name: string }>('/registries', { name: `models-${team}`, organization });
  await page.goto(`/registry/${name}/automations/new`);
  await expect(page.getByRole('heading', { name: 'You may not create or change automations here' })).toBeVisible();
});

test('a member makes automations but keeps no secrets and changes no webhooks', async ({ page, team, project, makePerson, enter }) => {
  const member = await makePerson('member');
  await enter(page, member);
  await page.goto(`/${team}/${project}/automations`);
  await expect(page.getByRole('link', { name: 'Create automation' }).first()).toBeVisible();
  await page.goto(`/${team}/settings/secrets`);
  await expect(page.getByRole('heading', { name: 'Secrets' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New secret' })).toHaveCount(0);

  await member.rest.post('/automations', watchFailures(team, project));
  await expect(member.rest.post(`/teams/${team}/secrets`, { name: 'KEY', value: 'value' })).rejects.toThrow(/answered 403/);
  await expect(member.rest.post(`/teams/${team}/webhooks`, { name: 'hook', url: 'https://example.com' })).rejects.toThrow(/answered 403/);
  await expect(member.rest.get(`/teams/${team}/audit`)).rejects.toThrow(/answered 403/);
});

test('to a stranger a team, its projects and automations are not found, on every page and over REST', async ({
  page,
  team,
  project,
  actor,
  makePerson,
  enter,
}) => {
  const { id } = await actor.rest.post<{ id: string }>('/automations', watchFailures(team, project));
  const stranger = await makePerson();
  await enter(page, stranger);
  const pages = [`/${team}/${project}`, `/${team}/${project}/automations`, `/automations/${id}`, `/${team}/settings/secrets`];
  for (const path of pages) expect((await page.goto(path))!.status(), path).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('/automations');
  await expect(page.getByRole('link', { name: 'Watch failures' })).toHaveCount(0);

  for (const path of [`/projects/${team}/${project}`, `/automations/${id}`, `/teams/${team}/secrets`])
    await expect(stranger.rest.get(path), path).rejects.toThrow(/answered 404/);
  const event = { type: 'run.state', run: { id: 'r1', state: 'failed' } };
  await expect(stranger.rest.post(`/projects/${team}/${project}/events`, event)).rejects.toThrow(/answered 404/);
});

test('who is not signed in is asked to, and comes back to the page that was wanted', async ({ page, team, project, actor }) => {
  await page.goto(`/${team}/${project}/automations`);
  await page.getByLabel(/user name/i).fill(actor.username);
  await page.getByLabel('Password', { exact: true }).fill(actor.password);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.waitForURL(`**/${team}/${project}/automations`);
});
