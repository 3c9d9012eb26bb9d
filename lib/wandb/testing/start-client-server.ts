import { firstStart } from '#lib/server/first-start.ts';
import { startTestServer, type TestServer } from '#lib/server/testing/start-test-server.ts';

export const ADMIN_KEY = 'a1b2c3d4'.repeat(5);

export const basic = (key: string) => `Basic ${Buffer.from(`api:${key}`).toString('base64')}`;

export interface GraphqlAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the answers of as many documents as there are tests
  body: any;
}

export interface ClientServer extends TestServer {
  /** A body as it is, with the admin's key unless another is given. */
  post(body: BodyInit, headers?: Record<string, string>): Promise<GraphqlAnswer>;
  send(query: string, variables?: object, more?: object): Promise<GraphqlAnswer>;
}

/** The real server with admin ana, organization Acme and team vision, and ways to speak GraphQL to it. */
export async function startClientServer(variables: Record<string, string> = {}): Promise<ClientServer> {
  const server = await startTestServer({
    variables: {
      HOOKLINE_ADMIN_USERNAME: 'ana',
      HOOKLINE_ADMIN_PASSWORD: 'correct horse battery',
      HOOKLINE_ADMIN_API_KEY: ADMIN_KEY,
      HOOKLINE_ORGANIZATION: 'Acme',
      HOOKLINE_TEAM: 'vision',
      ...variables,
    },
  });
  await firstStart(server.runtime);
  const post = async (body: BodyInit, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { authorization: basic(ADMIN_KEY), ...headers },
      body,
    });
    return { status: response.status, body: await response.json() };
  };
  const send = (query: string, variables?: object, more: object = {}) => post(JSON.stringify({ query, variables, ...more }));
  return { ...server, post, send };
}
