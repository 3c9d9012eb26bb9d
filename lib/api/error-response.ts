import { type AppError, type ErrorCode, isAppError } from '#lib/errors.ts';
import { toRefusal } from '#lib/services/refusal.ts';
import type { ApiResponse } from './request.ts';

const STATUS: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  limited: 429,
  unavailable: 503,
};

/** The only place where an error becomes HTTP. What is not the caller's doing keeps its message to the log. */
export function errorResponse(error: unknown, requestId: string, log: (error: unknown) => void): ApiResponse {
  if (!isAppError(error)) log(error);
  const refusal = toRefusal(error);
  if (isAppError(refusal)) {
    const { code, message, issues } = refusal;
    return answer(STATUS[code], { code, message, issues, requestId }, headersFor(refusal));
  }
  return answer(500, {
    code: 'internal',
    message: 'Something went wrong on our side. Try again; if it stays, give the request id to whoever runs this instance.',
    requestId,
  });
}

function headersFor(error: AppError): Record<string, string> {
  if (error.code === 'unauthenticated') return { 'www-authenticate': 'Bearer realm="Hookline"' };
  return error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfterSeconds)) };
}

function answer(status: number, error: object, headers: Record<string, string> = {}): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({ error }),
  };
}
