import { expect, test } from 'vitest';
import { readEnv } from './env.ts';

const ADMIN = {
  HOOKLINE_ADMIN_USERNAME: 'ana',
  HOOKLINE_ADMIN_PASSWORD: 'correct horse battery',
  HOOKLINE_ORGANIZATION: 'Acme',
  HOOKLINE_TEAM: 'vision',
};

test('nothing needs to be set', () => {
  expect(readEnv({})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://localhost:3000',
    publicUrlGiven: false,
    dataDir: '.data',
    databaseUrl: undefined,
    allowHttp: false,
    retentionDays: 90,
    bodyRetentionDays: 30,
    auditRetentionDays: 400,
    logLevel: 'info',
    firstStart: undefined,
  });
});

test('an empty variable counts as unset', () => {
  expect(readEnv({ HOOKLINE_MASTER_KEY: '', PORT: ' ' })).toMatchObject({ masterKey: undefined, port: 3000 });
});

test('the public URL follows the port and is written as browsers write origins', () => {
  expect(readEnv({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
  expect(readEnv({ HOOKLINE_PUBLIC_URL: 'https://hooks.example.com/' }).publicUrl).toBe('https://hooks.example.com');
  expect(readEnv({ HOOKLINE_PUBLIC_URL: 'HTTPS://Hooks.Example.com:443' }).publicUrl).toBe('https://hooks.example.com');
});

test('lists are split at commas and spaces', () => {
  expect(readEnv({ HOOKLINE_EGRESS_ALLOW: 'ci.internal:8443, 10.0.0.0/8 jenkins' }).egressAllow).toEqual([
    'ci.internal:8443',
    '10.0.0.0/8',
    'jenkins',
  ]);
});

test.each([
  ['PORT', 'http', /^PORT is a port number\.$/],
  ['PORT', '70000', /^PORT is a port number\.$/],
  ['HOOKLINE_PUBLIC_URL', 'hookline', /^HOOKLINE_PUBLIC_URL is the address that browsers use/],
  ['HOOKLINE_PUBLIC_URL', 'https://example.com/hookline', /^HOOKLINE_PUBLIC_URL .* without a path/],
  ['HOOKLINE_TRUST_PROXY', 'loopback, proxy.internal', /^HOOKLINE_TRUST_PROXY lists addresses, CIDRs or "loopback", not proxy.internal\.$/],
  ['DATABASE_URL', 'mysql://x', /^DATABASE_URL is a PostgreSQL address/],
  ['HOOKLINE_MASTER_KEY', 'short', /^HOOKLINE_MASTER_KEY is 32 bytes in base64/],
  ['HOOKLINE_MASTER_KEY_PREVIOUS', 'short', /^HOOKLINE_MASTER_KEY_PREVIOUS is 32 bytes in base64/],
  ['HOOKLINE_ALLOW_HTTP', 'maybe', /^HOOKLINE_ALLOW_HTTP is 1 or 0\.$/],
  ['HOOKLINE_RETENTION_DAYS', '0', /^HOOKLINE_RETENTION_DAYS is at least 1\.$/],
  ['HOOKLINE_LOG_LEVEL', 'loud', /^HOOKLINE_LOG_LEVEL is trace, /],
  ['HOOKLINE_FILES_URL', 's3://bucket/prefix', /^HOOKLINE_FILES_URL is for object storage, which this version does not have/],
])('%s=%s stops the start with a sentence that names it', (name, value, sentence) => {
  expect(() => readEnv({ [name]: value })).toThrow(sentence);
});

test('a first start without a browser needs its four variables together', () => {
  expect(readEnv(ADMIN).firstStart).toMatchObject({ username: 'ana', organization: 'Acme', team: 'vision', apiKey: undefined });
  expect(() => readEnv({ ...ADMIN, HOOKLINE_TEAM: undefined })).toThrow(/^HOOKLINE_TEAM is missing/);
  expect(() => readEnv({ HOOKLINE_ADMIN_API_KEY: 'a'.repeat(40) })).toThrow(/^HOOKLINE_ADMIN_USERNAME is missing/);
  expect(() => readEnv({ ...ADMIN, HOOKLINE_ADMIN_PASSWORD: 'short' })).toThrow(/^HOOKLINE_ADMIN_PASSWORD .* at least 12/);
  expect(() => readEnv({ ...ADMIN, HOOKLINE_TEAM: 'settings' })).toThrow(/^HOOKLINE_TEAM .* reserved/);
});
