import { describeFailure } from './delivery-errors.ts';
import { type EgressPolicy, hostOf, judgeAddresses, judgeUrl, portOf } from './egress-policy.ts';
import { createExchange, type Exchange } from './exchange.ts';
import type { HostResolver } from './resolve-host.ts';

/** Whether a URL could be reached, in a sentence, before anything is sent. */
export type Destination = {
  host: string;
  allowed: boolean;
  /** Not allowed for good; false too for a name that does not resolve now. */
  refused: boolean;
  text: string;
  /** Names the address; for instance admins only. */
  adminText?: string;
  address: string | null;
};

/** The one way out to addresses that users give. */
export type Egress = {
  exchange: Exchange;
  /** Resolves a name at most once a minute. */
  judgeDestination: (url: string, options: { personal: boolean }) => Promise<Destination>;
  /** By the URL alone, for what is saved. */
  judgeUrl: (url: string, options: { personal: boolean }) => ReturnType<typeof judgeUrl>;
  userAgent: string;
  policy: EgressPolicy;
  slackApiUrl: string;
  close: () => void;
};

export type EgressOptions = {
  policy: EgressPolicy;
  resolver: HostResolver;
  version: string;
  slackApiUrl: string;
  /** Epoch milliseconds. */
  now: () => number;
  ca?: readonly string[];
};

const JUDGED_FOR_MS = 60_000;
const JUDGED_KEPT = 1000;

/** Puts guard, resolver, exchange and senders together; all that leaves for an address of users goes through one of these. */
export function createEgress({ policy, resolver, version, slackApiUrl, now, ca }: EgressOptions): Egress {
  const exchange = createExchange({ policy, resolver, ...(ca && { ca }) });
  const judged = new Map<string, { at: number; destination: Promise<Destination> }>();

  async function judge(text: string, personal: boolean): Promise<Destination> {
    const verdict = judgeUrl(text, policy, { personal });
    if (verdict.kind === 'refused') {
      const url = URL.parse(text);
      return {
        host: url ? hostOf(url) : '',
        allowed: false,
        refused: true,
        text: verdict.message,
        adminText: verdict.adminMessage,
        address: null,
      };
    }
    const { host, url } = verdict;
    const resolution = await resolver.resolve(host);
    if (resolution.kind === 'failed') {
      const { message } = describeFailure({ phase: 'dns', code: resolution.code }, host);
      return { host, allowed: false, refused: false, text: message, address: null };
    }
    const answer = judgeAddresses(host, portOf(url), resolution.addresses, policy, { personal });
    if (answer.kind === 'refused')
      return { host, allowed: false, refused: true, text: answer.message, adminText: answer.adminMessage, address: null };
    const [address = null] = resolution.addresses;
    return { host, allowed: true, refused: false, text: `${host} is ${address}, allowed.`, address };
  }

  return {
    exchange,
    judgeDestination(text, { personal }) {
      const key = `${personal} ${URL.parse(text)?.origin ?? text}`;
      const known = judged.get(key);
      if (known && now() - known.at < JUDGED_FOR_MS) return known.destination;
      const destination = judge(text, personal);
      if (judged.size >= JUDGED_KEPT) judged.clear();
      judged.set(key, { at: now(), destination });
      return destination;
    },
    judgeUrl: (text, options) => judgeUrl(text, policy, options),
    userAgent: `Hookline/${version}`,
    policy,
    slackApiUrl,
    close() {
      exchange.close();
      resolver.close();
    },
  };
}
