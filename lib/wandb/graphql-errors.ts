import type { ExecutionResult } from 'graphql';
import { type AppError, type ErrorCode, isAppError } from '#lib/errors.ts';
import { toRefusal } from '#lib/services/refusal.ts';
import type { ClientResponse } from './client-request.ts';

/** None is 5xx but `unavailable`: those the client tries again for minutes. */
const STATUS: Record<ErrorCode, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  limited: 429,
  unavailable: 503,
};

const BUG = 'Something went wrong on our side. Give the request id to whoever runs this instance.';

export const jsonAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): ClientResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
});

/** A request that got no further than the transport: what is malformed is 400 here. */
export function refusalAnswer(error: AppError): ClientResponse {
  const status = error.code === 'invalid' ? 400 : STATUS[error.code];
  return jsonAnswer(status, { errors: [{ message: error.message }] }, headersFor(error));
}

export const documentAnswer = (errors: readonly { message: string }[]): ClientResponse =>
  jsonAnswer(400, { errors: errors.map(({ message }) => ({ message })) });

/** Only 200 is success to the client, so a result with errors takes the status of the first. */
export function resultAnswer(result: ExecutionResult, requestId: string, log: (error: unknown) => void): ClientResponse {
  const { errors } = result;
  if (!errors?.length) return jsonAnswer(200, result);
  if (!('data' in result)) return documentAnswer(errors); // the variables do not fit the document
  const refusals = errors.map(({ originalError, path }) => {
    const refusal = toRefusal(originalError);
    if (isAppError(refusal)) return { message: refusal.message, path, extensions: { code: refusal.code } };
    return { message: `${BUG} (${requestId})`, path, extensions: { code: 'internal' } };
  });
  for (const error of errors) if (!isAppError(error.originalError)) log(error.originalError ?? error);
  const first = toRefusal(errors[0]!.originalError);
  if (!isAppError(first)) return jsonAnswer(500, { errors: refusals, data: null });
  return jsonAnswer(STATUS[first.code], { errors: refusals, data: null }, headersFor(first));
}

function headersFor({ code, retryAfterSeconds }: AppError): Record<string, string> {
  if (code === 'unauthenticated') return { 'www-authenticate': 'Basic realm="Hookline"' };
  return retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterSeconds)) };
}
