export type SendLanguage = 'bash' | 'python' | 'node';

export type SendScript = {
  url: string;
  encoding: 'base64' | 'hex';
  /** The body exactly as it is to be signed and sent. */
  payload: string;
  hasAccessToken: boolean;
  hasSecret: boolean;
};

/** A script that sends what a webhook would, with placeholders for the secrets' values. */
export function sendScriptFor(language: SendLanguage, script: SendScript): string {
  switch (language) {
    case 'bash':
      return bashScript(script);
    case 'python':
      return pythonScript(script);
    case 'node':
      return nodeScript(script);
  }
}

/** The documentation's script with its four variables; printf in place of echo, which some shells let change backslashes. */
function bashScript({ url, encoding, payload, hasAccessToken, hasSecret }: SendScript): string {
  const digest = `printf '%s' "$PAYLOAD" | openssl dgst -sha256 -hmac "$SECRET" -binary | ${encoding === 'base64' ? 'base64' : "od -An -v -tx1 | tr -d ' \\n'"}`;
  return lines([
    '#!/bin/bash',
    '',
    (hasAccessToken || hasSecret) && '# Your access token and secret',
    hasAccessToken && 'ACCESS_TOKEN="your_api_key"',
    hasSecret && 'SECRET="your_api_secret"',
    '',
    '# The data you want to send',
    `PAYLOAD=${shellQuoted(payload)}`,
    `API_ENDPOINT=${shellQuoted(url)}`,
    hasSecret && '',
    hasSecret && `# HMAC-SHA256 of the exact bytes of the body, as ${encoding}`,
    hasSecret && `SIGNATURE=$(${digest})`,
    '',
    'curl -X POST \\',
    '  -H "Content-Type: application/json" \\',
    hasAccessToken && '  -H "Authorization: Bearer $ACCESS_TOKEN" \\',
    hasSecret && '  -H "X-Wandb-Signature: $SIGNATURE" \\',
    '  --data-raw "$PAYLOAD" "$API_ENDPOINT"',
  ]);
}

function pythonScript({ url, encoding, payload, hasAccessToken, hasSecret }: SendScript): string {
  const base64 = hasSecret && encoding === 'base64';
  return lines([
    base64 && 'import base64',
    hasSecret && 'import hashlib',
    hasSecret && 'import hmac',
    hasSecret && '',
    'import requests',
    '',
    hasAccessToken && 'ACCESS_TOKEN = "your_api_key"',
    hasSecret && 'SECRET = "your_api_secret"',
    `PAYLOAD = ${JSON.stringify(payload)}.encode()`,
    `API_ENDPOINT = ${JSON.stringify(url)}`,
    '',
    'headers = {"Content-Type": "application/json"}',
    hasAccessToken && 'headers["Authorization"] = f"Bearer {ACCESS_TOKEN}"',
    hasSecret && 'digest = hmac.new(SECRET.encode(), PAYLOAD, hashlib.sha256).digest()',
    hasSecret && `headers["X-Wandb-Signature"] = ${base64 ? 'base64.b64encode(digest).decode()' : 'digest.hex()'}`,
    '',
    'response = requests.post(API_ENDPOINT, data=PAYLOAD, headers=headers, timeout=15, allow_redirects=False)',
    'print(response.status_code, response.text)',
  ]);
}

function nodeScript({ url, encoding, payload, hasAccessToken, hasSecret }: SendScript): string {
  return lines([
    hasSecret && "import { createHmac } from 'node:crypto';",
    hasSecret && '',
    hasAccessToken && "const ACCESS_TOKEN = 'your_api_key';",
    hasSecret && "const SECRET = 'your_api_secret';",
    `const PAYLOAD = ${JSON.stringify(payload)};`,
    `const API_ENDPOINT = ${JSON.stringify(url)};`,
    '',
    "const headers = { 'Content-Type': 'application/json' };",
    hasAccessToken && 'headers.Authorization = `Bearer ${ACCESS_TOKEN}`;',
    hasSecret && `headers['X-Wandb-Signature'] = createHmac('sha256', SECRET).update(PAYLOAD).digest('${encoding}');`,
    '',
    "const response = await fetch(API_ENDPOINT, { method: 'POST', headers, body: PAYLOAD, redirect: 'manual' });",
    'console.log(response.status, await response.text());',
  ]);
}

const shellQuoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Drops what does not apply; two empty lines in a row become one. */
const lines = (all: (string | false)[]) =>
  `${all
    .filter((line) => line !== false)
    .filter((line, index, kept) => line !== '' || kept[index - 1] !== '')
    .join('\n')}\n`;
