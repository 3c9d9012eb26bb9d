import { FEATURES } from '../features.ts';
import type { Resolvers } from '../resolver.ts';

/** No client is too new; those before 0.26 are not tested and not kept out. */
const CLIENT_VERSIONS = { min_cli_version: '0.12.0', max_cli_version: '0.99.0' };

const serverInfo = {
  features: FEATURES.map((name) => ({ name, isEnabled: true })),
  cliVersionInfo: CLIENT_VERSIONS,
  latestLocalVersionInfo: null,
};

export const serverInfoResolvers: Resolvers = { Query: { serverInfo: () => serverInfo } };
