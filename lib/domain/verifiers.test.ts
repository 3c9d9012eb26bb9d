import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sendScriptFor } from './send-scripts.ts';
import { verifierFor } from './verifiers.ts';

const BODY = '{"key1": "value1", "key2": "value2"}';
const SECRET = 'your_api_secret';
const SIGNATURES = {
  base64: '4tKqnWHayH0Vdy0mtiM/LbZ7bOGK7h+UrHO5F40Uk8U=',
  hex: 'e2d2aa9d61dac87d15772d26b6233f2db67b6ce18aee1f94ac73b9178d1493c5',
};

type Verify = (body: string, given: unknown, secret: string) => boolean;
const load = async (code: string): Promise<Verify> =>
  (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)).verify;

describe('the Node verifier that we hand out', () => {
  test.each(['base64', 'hex'] as const)('takes the documented vector in %s and nothing else', async (scheme) => {
    const verify = await load(verifierFor('node', scheme));
    expect(verify(BODY, SIGNATURES[scheme], SECRET)).toBe(true);
    expect(verify(`${BODY} `, SIGNATURES[scheme], SECRET)).toBe(false);
    expect(verify(BODY, SIGNATURES[scheme], 'other')).toBe(false);
    expect(verify(BODY, '', SECRET)).toBe(false);
  });

  test('takes any live signature of a Standard Webhooks list, within five minutes', async () => {
    const verify = await load(verifierFor('node', 'standard'));
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const key = Buffer.from(secret.slice(6), 'base64');
    const headersAt = (seconds: number) => {
      const timestamp = String(Math.floor(Date.now() / 1000) + seconds);
      const signature = createHmac('sha256', key).update(`exe_1.${timestamp}.${BODY}`).digest('base64');
      return { 'webhook-id': 'exe_1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,old v2,x v1,${signature}` };
    };
    expect(verify(BODY, headersAt(0), secret)).toBe(true);
    expect(verify(BODY, headersAt(-299), secret)).toBe(true);
    expect(verify(BODY, headersAt(-302), secret)).toBe(false);
    expect(verify(BODY, { ...headersAt(0), 'webhook-timestamp': 'soon' }, secret)).toBe(false);
    expect(verify(BODY, headersAt(0), 'whsec_AAAA')).toBe(false);
  });
});

test('every verifier compares in constant time', () => {
  for (const scheme of ['base64', 'hex', 'standard'] as const) {
    expect(verifierFor('python', scheme)).toContain('hmac.compare_digest');
    expect(verifierFor('node', scheme)).toContain('timingSafeEqual');
    expect(verifierFor('go', scheme)).toContain('hmac.Equal');
  }
});

describe('scripts that send', () => {
  const script = {
    url: "https://deploy.acme.example/hooks?a='1'&b=$2",
    encoding: 'base64',
    payload: `{"it's": "$HOME"}`,
    hasAccessToken: true,
    hasSecret: true,
  } as const;

  test('the bash script has the documentation’s four variables and quotes what the shell would change', () => {
    const bash = sendScriptFor('bash', script);
    for (const name of [
      'ACCESS_TOKEN="your_api_key"',
      'SECRET="your_api_secret"',
      `PAYLOAD='{"it'\\''s": "$HOME"}'`,
      `API_ENDPOINT='https://deploy.acme.example/hooks?a='\\''1'\\''&b=$2'`,
    ]) {
      expect(bash).toContain(`\n${name}\n`);
    }
    expect(bash).toContain('openssl dgst -sha256 -hmac "$SECRET" -binary | base64');
  });

  test('without token and secret their lines are left away', () => {
    for (const language of ['bash', 'python', 'node'] as const) {
      const bare = sendScriptFor(language, { ...script, hasAccessToken: false, hasSecret: false });
      expect(bare).not.toMatch(/ACCESS_TOKEN|SECRET|Signature|hmac/i);
    }
  });
});
