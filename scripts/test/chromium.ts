import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** Playwright's own Chromium where it is installed, otherwise the system's. */
export function findChromium(): string | undefined {
  return [
    process.env.CHROMIUM_PATH,
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((path) => path !== undefined && existsSync(path));
}
