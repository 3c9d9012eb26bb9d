import { expect, test } from './fixtures.ts';

const MORE_THAN_A_PAGE = 203; // a page of the API has at most 200

test('no list of a team’s settings ends before its last entry, and what is beyond a page can be chosen', async ({
  page,
  actor,
  team,
  receiver,
  enter,
}) => {
  const names = Array.from({ length: MORE_THAN_A_PAGE }, (_, index) => String(index).padStart(3, '0'));
  for (const name of names) await actor.rest.post(`/teams/${team}/secrets`, { name: `S${name}`, value: 'a-long-secret-value' });
  for (const name of names) await actor.rest.post(`/teams/${team}/webhooks`, { name: `hook-${name}`, url: receiver.url });
  await enter(page, actor);
  const last = names.at(-1)!;
  for (const [section, entry, count] of [
    ['secrets', `S${last}`, '203 secrets'],
    ['webhooks', `hook-${last}`, '203 webhooks'],
  ] as const) {
    await page.goto(`/${team}/settings/${section}`);
    await expect(page.getByText(count)).toBeVisible();
    const row = page.getByRole('row').filter({ hasText: entry });
    await expect(row).toHaveCount(0);
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByRole('button', { name: 'Load more' }).click();
    await expect(row).toBeVisible();
    await expect(page.getByRole('button', { name: 'Load more' })).toHaveCount(0);
  }
  await page.getByRole('link', { name: `hook-${last}` }).click();
  await expect(
    page
      .getByRole('heading', { level: 1 })
      .or(page.getByRole('heading', { name: `hook-${last}` }))
      .first(),
  ).toBeVisible();
});
