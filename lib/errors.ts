/** Every refusal a caller can meet. The HTTP status of each is in lib/api/error-response.ts. */
export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'too_large'
  | 'limited'
  | 'unavailable';

export type Issue = { path: (string | number)[]; message: string };

const BRAND = Symbol.for('hookline.AppError');

/** An expected refusal. `message` is always safe to show and says what to do; anything secret or raw goes into `cause`. */
export class AppError extends Error {
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly issues: Issue[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Somebody else was faster, and nothing of this was kept: the same work again finds what they made. */
  readonly isLostRace: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    options: { issues?: Issue[]; retryAfterSeconds?: number; isLostRace?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.issues = options.issues;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.isLostRace = options.isLostRace ?? false;
  }
}

/** By brand, never instanceof: the server's copy of this file and the bundler's have their own classes. */
export function isAppError(error: unknown): error is AppError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

export const invalid = (message: string, issues?: Issue[]) => new AppError('invalid', message, { issues });
/** One refused field, for services that find out after parsing. */
export const invalidField = (path: (string | number)[], message: string) =>
  new AppError('invalid', message, { issues: [{ path, message }] });
export const unauthenticated = (message = 'Sign in, or send an API key as "Authorization: Bearer <key>".') =>
  new AppError('unauthenticated', message);
export const forbidden = (message: string) => new AppError('forbidden', message);
export const notFound = (what: string) => new AppError('not_found', `${what} was not found, or you may not see it.`);
export const conflict = (message: string, issues?: Issue[]) => new AppError('conflict', message, { issues });
export const lostRace = (message: string) => new AppError('conflict', message, { isLostRace: true });
export const gone = (message: string) => new AppError('gone', message);
export const tooLarge = (message: string) => new AppError('too_large', message);
export const limited = (message: string, retryAfterSeconds: number) => new AppError('limited', message, { retryAfterSeconds });
export const unavailable = (message: string, cause?: unknown) => new AppError('unavailable', message, { retryAfterSeconds: 2, cause });
