import { isDirectLoopback } from './client-address.ts';
import type { Part } from './front.ts';
import type { Incoming } from './incoming.ts';
import type { ServerMetrics } from './metrics.ts';
import { sendResponse } from './send-response.ts';

export interface HealthParts {
  metrics: ServerMetrics;
  /** What is not well, by name; empty when ready. */
  troubles(): Promise<Record<string, string>>;
  isInstanceAdmin(incoming: Incoming): Promise<boolean>;
}

/** For orchestrators and Prometheus: the process, its readiness, its numbers. */
export function healthParts({ metrics, troubles, isInstanceAdmin }: HealthParts): Part[] {
  return [
    { surface: 'health', claims: (path) => path === '/healthz', answer: ({ response }) => json(response, 200, { ok: true }) },
    {
      surface: 'health',
      claims: (path) => path === '/ready',
      answer: async ({ response }) => {
        const found = await troubles();
        const ready = Object.keys(found).length === 0;
        await json(response, ready ? 200 : 503, ready ? { ready } : { ready, troubles: found }, ready ? {} : { 'retry-after': '2' });
      },
    },
    {
      surface: 'health',
      claims: (path) => path === '/metrics',
      answer: async (incoming) => {
        if (!isDirectLoopback(incoming.request) && !(await isInstanceAdmin(incoming))) {
          return json(incoming.response, 403, {
            error: { code: 'forbidden', message: 'Metrics are for instance admins: send the key of one.', requestId: incoming.requestId },
          });
        }
        const headers = { 'content-type': metrics.registry.contentType };
        await sendResponse(incoming.response, { status: 200, headers, body: await metrics.registry.metrics() });
      },
    },
  ];
}

function json(response: Incoming['response'], status: number, value: unknown, headers: Record<string, string> = {}): Promise<void> {
  return sendResponse(response, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  });
}
