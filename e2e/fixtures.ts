import { randomBytes } from 'node:crypto';
import { test as base, expect, type Page, type Request } from '@playwright/test';
import { e2eInstance } from './instance.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { type Rest, restAs } from './rest.ts';
import { arrangeScene, type Scene } from './scene.ts';
import { noteSecrets, noteSecretsOf } from './secrets/used.ts';

const PASSWORD = 'correct horse battery staple';

export interface Person {
  username: string;
  password: string;
  apiKey: string;
  rest: Rest;
}

export type Role = 'admin' | 'member' | 'viewer';

interface Fixtures {
  /** With the key of the instance's admin. */
  rest: Rest;
  /** A team of this test's own. */
  team: string;
  /** Makes a person, put into `team` with this role; without one a stranger to it. */
  makePerson: (role?: Role) => Promise<Person>;
  /** An admin of `team`, not of the instance. */
  actor: Person;
  /** A project in `team`. */
  project: string;
  receiver: Receiver;
  /** Signs in through the login page. */
  signIn: (page: Page, person: Credentials) => Promise<void>;
  /** Is signed in, without looking at the login page. */
  enter: (page: Page, person: Credentials) => Promise<void>;
}

/** What somebody typed into a form, and what a page was told this once. */
async function noteSecretsIn(request: Request): Promise<void> {
  if (request.method() === 'GET' || !request.url().includes('/api/v1/')) return;
  const answer = await request
    .response()
    .then((response) => response?.json())
    .catch(() => null); // no JSON, or the page is gone
  noteSecretsOf(new URL(request.url()).pathname, parsed(request.postData()), answer);
}

function parsed(text: string | null): unknown {
  return text?.startsWith('{') ? JSON.parse(text) : null;
}

type Credentials = Pick<Person, 'username' | 'password'>;

const unique = (prefix: string) => `${prefix}-${randomBytes(4).toString('hex')}`;

export const test = base.extend<Fixtures, { scene: Scene }>({
  scene: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const { scene, close } = await arrangeScene();
      await use(scene);
      await close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
  rest: async ({}, use) => use(restAs()),
  team: async ({ rest }, use) => {
    const name = unique('team');
    await rest.post('/teams', { name });
    await use(name);
  },
  makePerson: async ({ rest, team }, use) => {
    await use(async (role) => {
      const person = { username: unique(role ?? 'stranger'), password: PASSWORD, apiKey: randomBytes(20).toString('hex') };
      await rest.post('/users', person);
      if (role) await rest.post(`/teams/${team}/members`, { username: person.username, role });
      return { ...person, rest: restAs(person.apiKey) };
    });
  },
  actor: async ({ makePerson }, use) => use(await makePerson('admin')),
  project: async ({ rest, team }, use) => {
    const name = unique('project');
    await rest.post('/projects', { entity: team, name });
    await use(name);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
  receiver: async ({}, use) => {
    const receiver = await startReceiver(unique('r'));
    await use(receiver);
    await receiver.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
  signIn: async ({}, use) => {
    await use(async (page, { username, password }) => {
      await page.goto('/login');
      await page.getByLabel(/user name/i).fill(username);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: /sign in/i }).click();
      await page.waitForURL((url) => url.pathname !== '/login');
    });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
  enter: async ({}, use) => {
    await use(async (page, { username, password }) => {
      const { url } = e2eInstance();
      const response = await page.request.post(`${url}/api/v1/session`, { headers: { origin: url }, data: { login: username, password } });
      expect(response.ok(), await response.text()).toBe(true);
      noteSecrets(...(await page.context().cookies()).filter(({ httpOnly }) => httpOnly).map(({ value }) => decodeURIComponent(value)));
    });
  },
  // Whatever a test does, no page may break the policy or complain on the console.
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
        complaints.push(`${message.text()} ${message.location().url}`);
    });
    for (const load of ['goto', 'reload'] as const) untilItListens(page, load);
    page.on('requestfinished', (request) => void noteSecretsIn(request));
    await use(page);
    expect(complaints, 'the console of the page').toEqual([]);
  },
});

/** The server's page is clickable before its scripts are there; a click in that moment is lost, and a test would wait for ever. */
function untilItListens(page: Page, load: 'goto' | 'reload'): void {
  const original = page[load].bind(page) as (...parameters: unknown[]) => ReturnType<Page['goto']>;
  page[load] = async (...parameters: unknown[]) => {
    const response = await original(...parameters);
    await page.waitForFunction(() => {
      const isReacts = (element: Element) => Object.keys(element).some((key) => key.startsWith('__reactProps$'));
      return [...document.querySelectorAll('main button, header button, nav button, form input')].every(isReacts);
    });
    return response;
  };
}

export { expect };
