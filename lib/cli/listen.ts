import { createServer, type IncomingMessage } from 'node:http';
import { parseArgs } from 'node:util';
import { type Verification, verifyStandardSignature, verifyWandbSignature } from '#lib/delivery/verify-signature.ts';
import { type Command, UsageError } from './command.ts';

const OPTIONS = {
  port: { type: 'string', default: '8787' },
  secret: { type: 'string' },
  encoding: { type: 'string' },
  status: { type: 'string', default: '200' },
} as const;

/** What a sender could use to rewrite the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const ENCODINGS = { base64: /^[A-Za-z0-9+/]{43}=$/, hex: /^[0-9a-f]{64}$/ };

export const listen: Command = {
  name: 'listen',
  usage: '[--port 8787] [--secret TEXT] [--encoding base64|hex] [--status 200]',
  summary: 'Prints the webhooks that arrive on loopback, and checks both signatures.',
  run: async (args) => {
    const { port, secret, encoding, status } = readOptions(args);
    const server = createServer(async (request, response) => {
      const body = await readAll(request);
      response.writeHead(body === null ? 413 : status, { 'content-type': 'text/plain' }).end();
      if (body !== null) process.stdout.write(describeRequest(request, body, { secret, encoding, now: Date.now() }));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? new UsageError(`Port ${port} is taken; choose another with --port.`) : error),
      );
      server.listen(port, '127.0.0.1', resolve);
    });
    const { port: bound } = server.address() as { port: number };
    process.stdout.write(`Listening on http://127.0.0.1:${bound}; every request is answered with ${status}. Stop with Ctrl-C.\n`);
    if (secret === undefined) process.stdout.write('Signatures are not checked: give the webhook’s secret with --secret.\n');
    process.stdout.write(
      `A webhook needs a host name: put "127.0.0.1 receiver.local" into the hosts file, start Hookline with HOOKLINE_EGRESS_ALLOW=receiver.local:${bound} and HOOKLINE_ALLOW_HTTP=1, and use http://receiver.local:${bound}/.\n\n`,
    );
  },
};

interface Check {
  secret: string | undefined;
  encoding: keyof typeof ENCODINGS | undefined;
  now: number;
}

/** One request as text: what came, and whether it is from who shares the secret. */
export function describeRequest(
  { method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
  check: Check,
): string {
  const lines = [`── ${new Date(check.now).toISOString()}  ${method} ${url}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${name === 'authorization' ? hidden(String(value)) : value}`);
  lines.push('', indented(body.toString()), '');
  if (check.secret !== undefined) {
    lines.push(`X-Wandb-Signature   ${words(verifyWandb(check.secret, body, single(headers['x-wandb-signature']), check.encoding))}`);
    const standard = {
      id: single(headers['webhook-id']),
      timestamp: single(headers['webhook-timestamp']),
      signature: single(headers['webhook-signature']),
    };
    lines.push(`webhook-signature   ${words(verifyStandardSignature(check.secret, body, standard, Math.floor(check.now / 1000)))}`, '');
  }
  return `${lines.join('\n')}\n`.replace(CONTROL, '�');
}

function verifyWandb(secret: string, body: Buffer, header: string | undefined, encoding: Check['encoding']): Verification {
  if (header && encoding && !ENCODINGS[encoding].test(header))
    return { kind: 'invalid', because: `The signature is not written in ${encoding}.` };
  return verifyWandbSignature(secret, body, header);
}

function readOptions(args: string[]) {
  let values: { port: string; secret?: string; encoding?: string; status: string };
  try {
    ({ values } = parseArgs({ args, options: OPTIONS, strict: true }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const port = Number(values.port);
  const status = Number(values.status);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port is a port number.');
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new UsageError('--status is an HTTP status from 200 to 599.');
  if (values.secret === '') throw new UsageError('--secret is the secret of the webhook; it cannot be empty.');
  if (values.encoding !== undefined && !(values.encoding in ENCODINGS)) throw new UsageError('--encoding is base64 or hex.');
  return { port, status, secret: values.secret, encoding: values.encoding as Check['encoding'] };
}

async function readAll(request: IncomingMessage): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    size += (piece as Buffer).length;
    if (size > MAX_BODY_BYTES) return null;
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const words = (verification: Verification) => (verification.kind === 'valid' ? 'valid' : `NOT VALID: ${verification.because}`);
const hidden = (value: string) => `${value.split(' ')[0]} ${'•'.repeat(8)}`;
const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
