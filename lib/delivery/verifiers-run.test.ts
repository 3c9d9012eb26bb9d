import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SIGNATURE_SCHEMES, type SignatureScheme, type VerifierLanguage, verifierFor } from '#lib/domain/verifiers.ts';
import { sendWebhook } from './send-webhook.ts';
import { makeKeyPair } from './sign.ts';
import { exchangeToLoopback } from './testing/exchange-to.ts';
import { type Receiver, startReceiver } from './testing/receiver.ts';
import type { WebhookDelivery } from './webhook-request.ts';

/** What a receiver has in hand, and what it should make of it. */
type Case = {
  what: string;
  scheme: SignatureScheme;
  body: string;
  id: string;
  timestamp: string;
  /** The header that the scheme is about. */
  signature: string;
  secret: string;
  genuine: boolean;
};

const RAW = 'with spaces and ü';
const WHSEC = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OLD_WHSEC = 'whsec_plJ3nmyCDGBKInavdOK15jsl';
const UNPADDED = `whsec_${Buffer.alloc(25, 7).toString('base64').replaceAll('=', '')}`;
const BODY = '{"run":"swift-fox-1 \\u2028","größe":"\\"\\\\ $HOME %s","list":[1,2.50,null]}\n ';
const { privateKey, publicKey } = makeKeyPair();
const strangersKey = makeKeyPair().publicKey;

let receiver: Receiver;
let folder: string;
let cases: Case[];

/** A real delivery, through the same sender and connection as every other. */
async function deliver(signing: NonNullable<WebhookDelivery['signing']>, agoMs = 0) {
  const exchange = exchangeToLoopback();
  const url = `http://hook.example:${receiver.port}/`;
  const delivery = { executionId: 'exe_01hf', url, body: BODY, accessToken: null, signing, payloadSecrets: [], personal: false };
  await sendWebhook(exchange, delivery, { nowMs: Date.now() - agoMs, userAgent: 'Hookline/test' });
  exchange.close();
  const { headers, body } = receiver.requests.at(-1)!;
  const header = (name: string) => String(headers[name] ?? '');
  return { body: body.toString('base64'), id: header('webhook-id'), timestamp: header('webhook-timestamp'), header };
}

/** The same message as it came, and in every way in which it is not genuine. */
async function casesOf(scheme: SignatureScheme, signing: NonNullable<WebhookDelivery['signing']>, secret: string, stranger: string) {
  const name = scheme === 'standard' || scheme === 'ed25519' ? 'webhook-signature' : 'x-wandb-signature';
  const { header, ...message } = await deliver(signing);
  const signature = header(name);
  const it = { scheme, ...message, signature, secret };
  const all: Case[] = [
    { ...it, what: 'as it was sent', genuine: true },
    { ...it, what: 'with a byte more', body: Buffer.from(`${BODY} `).toString('base64'), genuine: false },
    { ...it, what: 'with another key', secret: stranger, genuine: false },
    { ...it, what: 'with cut signatures', signature: signature.replaceAll(/.{5}(?= |$)/g, ''), genuine: false },
    { ...it, what: 'without a signature', signature: '', genuine: false },
  ];
  if (name === 'x-wandb-signature') return all;
  const old = await deliver(signing, 302_000);
  return [
    ...all,
    { ...it, what: 'among unknown ones', signature: `v2,xyz v1,AAAA v1a,AAAA ${signature}`, genuine: true },
    { ...it, what: 'under another id', id: 'exe_other', genuine: false },
    { ...it, what: 'with a timestamp that is no number', timestamp: 'soon', genuine: false },
    { ...it, ...old, what: 'more than five minutes old', signature: old.header(name), genuine: false },
  ];
}

beforeAll(async () => {
  receiver = await startReceiver();
  folder = mkdtempSync(join(tmpdir(), 'hookline-verifiers-'));
  const signing = (encoding: 'base64' | 'hex', ...live: string[]) => ({ wandb: live[0]!, live, encoding });
  cases = [
    ...(await casesOf('base64', signing('base64', RAW), RAW, 'another')),
    ...(await casesOf('hex', signing('hex', WHSEC), WHSEC, 'another')),
    ...(await casesOf('standard', signing('base64', WHSEC), WHSEC, OLD_WHSEC)),
    ...(await casesOf('standard', signing('base64', RAW), RAW, WHSEC)),
    ...(await casesOf('standard', signing('base64', UNPADDED), UNPADDED, WHSEC)),
    // While a secret and a key are rotated: receivers know the old ones still.
    ...(await casesOf('standard', signing('base64', WHSEC, OLD_WHSEC, privateKey), OLD_WHSEC, RAW)),
    ...(await casesOf('ed25519', signing('base64', WHSEC, makeKeyPair().privateKey, privateKey), publicKey, strangersKey)),
    ...(await casesOf('ed25519', { wandb: null, live: [privateKey], encoding: 'base64' }, publicKey, strangersKey)),
  ];
});
afterAll(() => {
  receiver.close();
  rmSync(folder, { recursive: true });
});

/** Starts a program with the cases on its standard input; what it answers. */
function run(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string>; input?: string } = {},
): Promise<string> {
  const { input = JSON.stringify(cases), cwd = folder, env = {} } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    let said = '';
    let complained = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (complained += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`${command} ended with ${code}: ${complained}`))));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const write = (name: string, text: string) => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
};

const expectGenuine = (answers: boolean[]) =>
  expect(cases.map(({ scheme, what }, index) => [scheme, what, answers[index]])).toEqual(
    cases.map(({ scheme, what, genuine }) => [scheme, what, genuine]),
  );

test('the Node verifiers tell genuine deliveries from all others', async () => {
  for (const scheme of SIGNATURE_SCHEMES) write(`node/${scheme}.mjs`, verifierFor('node', scheme));
  write('node/run.mjs', RUNNERS.node);
  expectGenuine(JSON.parse(await run(process.execPath, ['node/run.mjs'])));
});

test('the Python verifiers tell genuine deliveries from all others', async ({ skip }) => {
  skip(!has('python3', '-c', 'import cryptography'), 'Python with the package cryptography is not on this machine');
  for (const scheme of SIGNATURE_SCHEMES) write(`python/verify_${scheme}.py`, verifierFor('python', scheme));
  write('python/run.py', RUNNERS.python);
  expectGenuine(JSON.parse(await run('python3', ['python/run.py'])));
});

test('the Go verifiers tell genuine deliveries from all others', async ({ skip }) => {
  skip(!has('go', 'version'), 'Go is not on this machine');
  for (const scheme of SIGNATURE_SCHEMES) write(`go/${scheme}/verify.go`, verifierFor('go', scheme));
  write('go/go.mod', 'module receiver\n\ngo 1.21\n');
  write('go/main.go', RUNNERS.go);
  const env = {
    GOTOOLCHAIN: 'local',
    GOPROXY: 'off',
    GOFLAGS: '-mod=mod',
    GOCACHE: process.env.GOCACHE ?? join(tmpdir(), 'hookline-go-cache'),
  };
  await run('go', ['vet', './...'], { cwd: join(folder, 'go'), env });
  expectGenuine(JSON.parse(await run('go', ['run', '.'], { cwd: join(folder, 'go'), env })));
}, 240_000);

test('the bash verifiers tell genuine deliveries from all others', async ({ skip }) => {
  skip(!has('bash', '-c', 'openssl version | grep -q "^OpenSSL 3"'), 'bash with OpenSSL 3 is not on this machine');
  for (const scheme of SIGNATURE_SCHEMES) write(`bash/${scheme}.sh`, verifierFor('bash', scheme));
  const lines = cases.map(({ scheme, id, timestamp, signature, secret, body }, index) => {
    write(`bash/body-${index}`, '');
    writeFileSync(join(folder, `bash/body-${index}`), Buffer.from(body, 'base64'));
    const wandb = scheme === 'base64' || scheme === 'hex';
    const args = [`body-${index}`, ...(wandb ? [signature] : [id, timestamp, signature]), secret].map((arg) => `'${arg}'`);
    return `(. ./${scheme}.sh; if verify ${args.join(' ')}; then echo true; else echo false; fi)`;
  });
  write('bash/run.sh', lines.join('\n'));
  const said = await run('bash', ['run.sh'], { cwd: join(folder, 'bash'), input: '' });
  expectGenuine(
    said
      .trim()
      .split('\n')
      .map((line) => line === 'true'),
  );
}, 120_000);

const NODE = `
const verifiers = Object.fromEntries(await Promise.all(
  ${JSON.stringify(SIGNATURE_SCHEMES)}.map(async (scheme) => [scheme, (await import('./' + scheme + '.mjs')).verify])));
let text = '';
for await (const chunk of process.stdin) text += chunk;
console.log(JSON.stringify(JSON.parse(text).map(({ scheme, body, id, timestamp, signature, secret }) => {
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  return verifiers[scheme](Buffer.from(body, 'base64'), scheme === 'base64' || scheme === 'hex' ? signature : headers, secret);
})));
`;

const PYTHON = `
import base64, importlib, json, sys

def check(case):
    verify = importlib.import_module("verify_" + case["scheme"]).verify
    headers = {"webhook-id": case["id"], "webhook-timestamp": case["timestamp"], "webhook-signature": case["signature"]}
    given = case["signature"] if case["scheme"] in ("base64", "hex") else headers
    return verify(base64.b64decode(case["body"]), given, case["secret"])

print(json.dumps([check(case) for case in json.load(sys.stdin)]))
`;

const GO = `package main

import (
	"encoding/json"
	"net/http"
	"os"

	base64 "receiver/base64"
	ed25519 "receiver/ed25519"
	hex "receiver/hex"
	standard "receiver/standard"
)

type message struct {
	Scheme, ID, Timestamp, Signature, Secret string
	Body                                     []byte
}

func genuine(m message) bool {
	headers := http.Header{}
	headers.Set("webhook-id", m.ID)
	headers.Set("webhook-timestamp", m.Timestamp)
	headers.Set("webhook-signature", m.Signature)
	switch m.Scheme {
	case "base64":
		return base64.Verify(m.Body, m.Signature, m.Secret)
	case "hex":
		return hex.Verify(m.Body, m.Signature, m.Secret)
	case "standard":
		return standard.Verify(m.Body, headers, m.Secret)
	default:
		return ed25519.Verify(m.Body, headers, m.Secret)
	}
}

func main() {
	var messages []message
	if err := json.NewDecoder(os.Stdin).Decode(&messages); err != nil {
		panic(err)
	}
	answers := []bool{}
	for _, m := range messages {
		answers = append(answers, genuine(m))
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}
`;

const RUNNERS: Record<Exclude<VerifierLanguage, 'bash'>, string> = { node: NODE, python: PYTHON, go: GO };
