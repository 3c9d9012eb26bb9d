import type { RequestView } from '#lib/contracts/integrations.ts';

/** "POST /hooks/models HTTP/1.1". A masked URL ("https://host/…") keeps its dots. */
export function startLineOf({ method, url }: Pick<RequestView, 'method' | 'url'>): string {
  const path = /^[a-z]+:\/\/[^/]+(\/.*)?$/.exec(url)?.[1] ?? '/';
  return `${method} ${path} HTTP/1.1`;
}

const HEADER_NOTES: Record<string, string> = {
  'x-wandb-signature': 'HMAC-SHA256 of the exact body with the webhook’s secret.',
  'webhook-id': 'The execution’s id: the same on every attempt, so that a receiver can drop repeats.',
  'webhook-timestamp': 'When this attempt was made, in seconds.',
  'webhook-signature': 'Standard Webhooks: HMAC-SHA256 of id, timestamp and body, one for each live secret.',
  authorization: 'The webhook’s access token. Secret values are never shown.',
};

/** The headers as they stand on the wire, each with what it means. The exchange adds the host itself, so it is none of ours. */
export function shownHeadersOf({ url, headers }: Pick<RequestView, 'url' | 'headers'>) {
  const host = /^[a-z]+:\/\/([^/?#]+)/.exec(url)?.[1];
  const all: [string, string][] = host ? [['Host', host], ...headers] : headers;
  return all.map(([name, value]) => ({ name, value, note: HEADER_NOTES[name.toLowerCase()] }));
}

/** A command that sends the same body; masked secrets become shell variables to fill in. */
export function asCurl({ method, url, headers, body }: RequestView): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const own = headers.filter(([name]) => !/^(host|content-length|connection|webhook-|x-wandb-signature)/i.test(name));
  return [
    `curl -X ${method} ${quoted(url)}`,
    ...own.map(([name, value]) =>
      /•/.test(value) ? `  -H "${name}: ${value.replace(/•+/g, '$ACCESS_TOKEN')}"` : `  -H ${quoted(`${name}: ${value}`)}`,
    ),
    `  --data-raw ${quoted(body)}`,
  ].join(' \\\n');
}
