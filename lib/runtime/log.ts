import pino, { type Logger } from 'pino';

export type Log = Logger;

/** Never a secret in a log line, whatever object is handed in. */
const REDACTED = ['authorization', 'cookie', 'password', 'token', 'secret', 'apiKey', 'accessToken', 'signingSecret', 'webhookUrl'];

/** JSON lines on standard output, or where `destination` says. */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`, `headers.${name}`]), censor: '[hidden]' },
  };
  return destination ? pino(options, destination) : pino(options);
}
