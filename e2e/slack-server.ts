import { createServer } from 'node:http';

/** What Slack refuses, by the channel or the bot's token that a test chose for it. */
const REFUSALS: readonly { error: string; refuses: (message: { channel: string; token: string }) => boolean }[] = [
  { error: 'is_archived', refuses: ({ channel }) => channel.includes('archived') },
  { error: 'channel_not_found', refuses: ({ channel }) => channel.includes('nowhere') },
  { error: 'token_revoked', refuses: ({ token }) => token.includes('revoked') },
];

/** Takes `chat.postMessage` as Slack does. It tells the caller's headers too, as a proxy on the way might. */
export default async function startSlackServer(): Promise<() => Promise<void>> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { authorization = '' } = request.headers;
    const { channel = '' }: { channel?: string } = JSON.parse(Buffer.concat(pieces).toString() || '{}');
    const error = REFUSALS.find(({ refuses }) => refuses({ channel, token: authorization }))?.error;
    response.setHeader('x-debug-authorization', authorization);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: !error, ...(error && { error }), channel, debug: { authorization } }));
  });
  await new Promise<void>((resolve) => server.listen(Number(process.env.E2E_SLACK_PORT), '127.0.0.1', resolve));
  return async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
}
