import { expect, type Page } from '@playwright/test';
import { ADMIN, setUpVariables } from './instance.ts';
import { type OwnServer, startOwnServer } from './own-server.ts';
import { type Rest, restAs } from './rest.ts';

export interface OwnInstance {
  server: OwnServer;
  /** With the key of its admin, who is admin of `ADMIN.team` too. */
  rest: Rest;
  /** As its admin, without looking at the login page. */
  enter(page: Page): Promise<void>;
}

/** A server of a test's own that is set up as the shared one is: for tests that restart it, or change what only time would. */
export async function startOwnInstance(variables: Record<string, string> = {}): Promise<OwnInstance> {
  const server = await startOwnServer({
    ...setUpVariables(),
    ...variables,
  });
  return {
    server,
    rest: restAs(ADMIN.apiKey, server),
    enter: async (page) => {
      const { url } = server;
      const data = { login: ADMIN.username, password: ADMIN.password };
      const response = await page.request.post(`${url}/api/v1/session`, { headers: { origin: url }, data });
      expect(response.ok(), await response.text()).toBe(true);
    },
  };
}
