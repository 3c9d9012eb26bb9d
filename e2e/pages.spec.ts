import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { PAGES } from './every-page.ts';
import { limitOf, watchScripts } from './first-load.ts';
import { expect, test } from './fixtures.ts';

const WIDTHS = [1440, 1024, 390];
const THEMES = ['light', 'dark'] as const;

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const broken: string[] = [];
    Object.assign(window, { broken });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      broken.push(`${violatedDirective} ${blockedURI}`),
    );
  });
});

for (const { name, path, signedOut } of PAGES) {
  test(`${name}: accessible and no wider than the screen in both themes, within its policy and its weight`, async ({
    page,
    scene,
    enter,
  }, info) => {
    if (!signedOut) await enter(page, scene.visitor);
    await page.setViewportSize({ width: WIDTHS[0]!, height: 900 });
    const scripts = watchScripts(page);
    const response = await page.goto(path(scene));
    expect(response!.status()).toBe(200);
    await settled(page);
    const { scripts: loaded, reread } = await scripts();
    const weight = loaded.reduce((sum, { size }) => sum + size, 0);
    info.annotations.push({ type: 'scripts', description: `${(weight / 1000).toFixed(1)} KB` });
    expect
      .soft(weight, `scripts, the heaviest: ${loaded.slice(0, 8).map(inKilobytes).join(', ')}`)
      .toBeLessThanOrEqual(limitOf(name, reread));
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await atRest(page);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations.flatMap(inWords), theme).toEqual([]);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await expect.poll(() => widerThanScreen(page), `${theme}, ${width} px`).toEqual([]); // charts draw anew
      }
      await page.setViewportSize({ width: WIDTHS[0]!, height: 900 });
    }
    expect(await page.evaluate(() => (window as unknown as { broken: string[] }).broken)).toEqual([]);
  });
}

/** Its heading is there, nothing is a placeholder any more, and no part of it could not be read. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeAttached(); // a dialog hides it from roles
  await expect(page.locator('.animate-dim, [aria-busy="true"]')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Try again', includeHidden: true })).toHaveCount(0);
}

const inKilobytes = ({ name, size }: { name: string; size: number }) => `${name} ${(size / 1000).toFixed(1)} KB`;

/** What slides or fades in has no colours of its own yet. */
const atRest = (page: Page) =>
  page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
        .map(({ finished }) => finished.catch(() => undefined)), // cancelled: its element has gone
    ).then(() => undefined),
  );

type Violation = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number];
const inWords = ({ id, nodes }: Violation) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`);

/** Nothing when the page does not scroll sideways; else what sticks out. */
const widerThanScreen = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth} px`, ...out.slice(-5).map((element) => element.outerHTML.slice(0, 160))];
  });
