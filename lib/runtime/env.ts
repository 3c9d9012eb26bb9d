import { z } from 'zod';
import { ConfigurationError } from './configuration-error.ts';
import { type FirstStart, readFirstStart } from './first-start-env.ts';
import { parseKey } from './master-key.ts';
import { type AddressRange, parseProxies } from './trusted-proxies.ts';

const list = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean));
const flag = z
  .enum(['', '0', '1', 'false', 'true', 'no', 'yes', 'off', 'on'], 'is 1 or 0')
  .transform((text) => ['1', 'true', 'yes', 'on'].includes(text));
const count = (from: number, fallback: number) =>
  z.coerce.number('is a number').int('is a whole number').min(from, `is at least ${from}`).max(Number.MAX_SAFE_INTEGER).default(fallback);
const webUrl = (text: string) => z.url({ protocol: /^https?$/, error: text });
const PUBLIC_URL_IS = 'is the address that browsers use, without a path, such as https://hookline.example.com';
const isOrigin = (text: string) => URL.parse(text)?.href === `${URL.parse(text)?.origin}/`;
const key = z.string().transform((text, context) => {
  const parsed = parseKey(text);
  if (!parsed) context.addIssue({ code: 'custom', message: 'is 32 bytes in base64 (make one with: openssl rand -base64 32)' });
  return parsed ?? z.NEVER;
});
const previousKeys = list.pipe(z.array(key));

/** Every variable of the README's table. Messages continue a sentence that begins with the variable's name. */
const Variables = z.object({
  HOOKLINE_HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce
    .number('is a port number')
    .int('is a port number')
    .min(0, 'is a port number')
    .max(65_535, 'is a port number')
    .default(3000),
  HOOKLINE_PUBLIC_URL: webUrl(PUBLIC_URL_IS).refine(isOrigin, PUBLIC_URL_IS).optional(),
  HOOKLINE_TRUST_PROXY: list.transform((entries, context) => {
    const { ranges, refused } = parseProxies(entries);
    if (refused !== undefined) context.addIssue({ code: 'custom', message: `lists addresses, CIDRs or "loopback", not ${refused}` });
    return ranges;
  }),
  HOOKLINE_DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'is a PostgreSQL address, postgres://user:password@host/database')
    .optional(),
  HOOKLINE_MASTER_KEY: key.optional(),
  HOOKLINE_MASTER_KEY_PREVIOUS: previousKeys,
  HOOKLINE_EGRESS_ALLOW: list,
  HOOKLINE_EGRESS_PERSONAL: flag.default(false),
  HOOKLINE_ALLOW_HTTP: flag.default(false),
  HOOKLINE_DNS_SERVERS: list,
  HOOKLINE_SLACK_API_URL: webUrl('is the base address of a Slack-compatible API').default('https://slack.com/api'),
  // Its place is kept; said aloud, because files would silently stay in the data directory.
  HOOKLINE_FILES_URL: z
    .undefined('is for object storage, which this version does not have. Leave it away: files lie in the data directory')
    .optional(),
  HOOKLINE_MAX_FILE_BYTES: count(1, 5 * 1024 ** 3),
  HOOKLINE_RETENTION_DAYS: count(1, 90),
  HOOKLINE_BODY_RETENTION_DAYS: count(1, 30),
  HOOKLINE_AUDIT_RETENTION_DAYS: count(1, 400),
  HOOKLINE_RUN_TIMEOUT_SECONDS: count(10, 300),
  HOOKLINE_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'is trace, debug, info, warn, error, fatal or silent')
    .default('info'),
});

export interface Env {
  host: string;
  port: number;
  /** Without a slash at the end. */
  publicUrl: string;
  publicUrlGiven: boolean;
  /** Whose X-Forwarded-For counts. */
  trustProxy: AddressRange[];
  dataDir: string;
  databaseUrl: string | undefined;
  masterKey: Buffer | undefined;
  previousMasterKeys: Buffer[];
  firstStart: FirstStart | undefined;
  egressAllow: string[];
  egressPersonal: boolean;
  allowHttp: boolean;
  dnsServers: string[];
  slackApiUrl: string;
  maxFileBytes: number;
  retentionDays: number;
  bodyRetentionDays: number;
  auditRetentionDays: number;
  runTimeoutSeconds: number;
  logLevel: string;
}

/** Reads the configuration once, at the start; the first fault stops it with one sentence that names the variable. */
export function readEnv(variables: Record<string, string | undefined>): Env {
  // An empty variable is an unset one: `HOOKLINE_MASTER_KEY= npm start`.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = Variables.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigurationError(`${String(issue!.path[0])} ${issue!.message}.`);
  }
  const values = parsed.data;
  return {
    host: values.HOOKLINE_HOST,
    port: values.PORT,
    publicUrl: new URL(values.HOOKLINE_PUBLIC_URL ?? `http://localhost:${values.PORT}`).origin,
    publicUrlGiven: values.HOOKLINE_PUBLIC_URL !== undefined,
    trustProxy: values.HOOKLINE_TRUST_PROXY,
    dataDir: values.HOOKLINE_DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    masterKey: values.HOOKLINE_MASTER_KEY,
    previousMasterKeys: values.HOOKLINE_MASTER_KEY_PREVIOUS,
    firstStart: readFirstStart(given),
    egressAllow: values.HOOKLINE_EGRESS_ALLOW,
    egressPersonal: values.HOOKLINE_EGRESS_PERSONAL,
    allowHttp: values.HOOKLINE_ALLOW_HTTP,
    dnsServers: values.HOOKLINE_DNS_SERVERS,
    slackApiUrl: values.HOOKLINE_SLACK_API_URL.replace(/\/+$/, ''),
    maxFileBytes: values.HOOKLINE_MAX_FILE_BYTES,
    retentionDays: values.HOOKLINE_RETENTION_DAYS,
    bodyRetentionDays: values.HOOKLINE_BODY_RETENTION_DAYS,
    auditRetentionDays: values.HOOKLINE_AUDIT_RETENTION_DAYS,
    runTimeoutSeconds: values.HOOKLINE_RUN_TIMEOUT_SECONDS,
    logLevel: values.HOOKLINE_LOG_LEVEL,
  };
}
