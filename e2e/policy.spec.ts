import { expect, test } from './fixtures.ts';

test('a page comes with a content security policy that the browser keeps, and no inline script without its nonce', async ({ page }) => {
  const response = await page.goto('/login');
  const policy = response!.headers()['content-security-policy']!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self' 'nonce-[0-9a-f]{32}' 'strict-dynamic'/);
  await expect(page.locator('body')).toBeVisible();
});

test('two visits never share a nonce', async ({ request }) => {
  const nonce = async () => /'nonce-(\w+)'/.exec((await request.get('/login')).headers()['content-security-policy']!)![1];
  expect(await nonce()).not.toBe(await nonce());
});
