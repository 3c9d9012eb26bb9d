import { expect, test } from './fixtures.ts';

test('a person whom an admin made signs in at the login page', async ({ page, actor, signIn }) => {
  await signIn(page, actor);
  expect(new URL(page.url()).pathname).not.toBe('/login');
});
