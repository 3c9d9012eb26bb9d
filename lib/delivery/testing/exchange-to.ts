import type { EgressPolicy } from '../egress-policy.ts';
import { createExchange, type Exchange, type ExchangeLimits, type ExchangeRequest } from '../exchange.ts';
import { parseEgressAllow } from '../parse-egress-allow.ts';
import { createHostResolver } from '../resolve-host.ts';

/** A policy that lists what a test reaches on loopback; plain http allowed. */
export function policyAllowing(allow: string, rest: Partial<EgressPolicy> = {}): EgressPolicy {
  const parsed = parseEgressAllow(allow);
  if (parsed.kind === 'problem') throw new Error(parsed.message);
  return { allowHttp: true, entries: parsed.entries, personalMayUseEntries: false, ownAddresses: () => [], ...rest };
}

/** An exchange for which `hook.example` is this machine. */
export function exchangeToLoopback(
  options: { limits?: Partial<ExchangeLimits>; ca?: readonly string[]; now?: () => number } = {},
): Exchange {
  const names = { 'hook.example': ['127.0.0.1'] };
  return createExchange({ policy: policyAllowing('hook.example'), resolver: createHostResolver({ names }), ...options });
}

export const requestTo = (port: number, rest: Partial<ExchangeRequest> = {}): ExchangeRequest => ({
  url: `http://hook.example:${port}/in`,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from('{"test":1}'),
  personal: false,
  ...rest,
});
