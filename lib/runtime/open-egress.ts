import { createEgress, type Egress } from '#lib/delivery/egress.ts';
import { createOwnAddresses } from '#lib/delivery/own-addresses.ts';
import { parseEgressAllow } from '#lib/delivery/parse-egress-allow.ts';
import { createHostResolver, parseDnsServers } from '#lib/delivery/resolve-host.ts';
import { systemClock } from './clock.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { Env } from './env.ts';
import { VERSION } from './version.ts';

/** Names that this process alone resolves, and may reach although they are private: the demo's receiver. */
export type OwnNames = Readonly<Record<string, readonly string[]>>;

/** The way out as the configuration sets it. */
export function openEgress(
  env: Pick<Env, 'egressAllow' | 'egressPersonal' | 'allowHttp' | 'dnsServers' | 'slackApiUrl'>,
  ownNames: OwnNames = {},
): Egress {
  const allowed = parseEgressAllow([...env.egressAllow, ...Object.keys(ownNames)].join(','));
  if (allowed.kind === 'problem') throw new ConfigurationError(allowed.message);
  const servers = parseDnsServers(env.dnsServers.join(','));
  if (servers.kind === 'problem') throw new ConfigurationError(servers.message);
  return createEgress({
    policy: {
      allowHttp: env.allowHttp,
      entries: allowed.entries,
      personalMayUseEntries: env.egressPersonal,
      ownAddresses: createOwnAddresses(() => performance.now()),
    },
    resolver: createHostResolver({ servers: servers.servers, names: ownNames }),
    version: VERSION,
    slackApiUrl: env.slackApiUrl,
    now: systemClock,
  });
}
