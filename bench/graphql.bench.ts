import { load, report } from './http.ts';
import { startInstance } from './instance.ts';
import type { Scenario } from './scenario.ts';

/** What the client asks most: at its start, and page by page. */
const DOCUMENTS = {
  serverInfo: 'query ServerFeaturesQuery { serverInfo { features { name isEnabled } } }',
  viewer: 'query Viewer { viewer { id entity username email flags teams { edges { node { name } } } } }',
  'entity and organization': 'query E($name: String!) { entity(name: $name) { id name isTeam organization { name orgEntity { name } } } }',
  'automations of a team': `query GetEntityAutomations($name: String!) { scope: entity(name: $name) { triggers(first: 50) {
    pageInfo { endCursor hasNextPage } edges { node { id name enabled } } } } }`,
};

/** Documents are parsed and validated once; what is left is the transport, the key and the look-ups. */
export const graphql: Scenario = {
  name: 'graphql',
  run: async () => {
    const instance = await startInstance();
    const measured = [];
    for (const [name, query] of Object.entries(DOCUMENTS)) {
      const body = JSON.stringify({ query, variables: { name: instance.team }, operationName: '' });
      measured.push(...report(`POST /graphql, ${name}`, await load(instance, '/graphql', body)));
    }
    await instance.stop();
    return measured;
  },
};
