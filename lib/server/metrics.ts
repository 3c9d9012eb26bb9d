import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Who answers; never a tenant's name, so that the number of series stays small. */
export type Surface = 'api' | 'client' | 'pages' | 'health';

export interface ServerMetrics {
  registry: Registry;
  observe(surface: Surface, method: string, status: number, durationMs: number): void;
}

export function createServerMetrics(build: { version: string; store: string }): ServerMetrics {
  const registry = new Registry();
  const info = new Gauge({
    name: 'hookline_build_info',
    help: 'Always 1: which version runs, over which database.',
    labelNames: ['version', 'store'],
    registers: [registry],
  });
  info.set(build, 1);
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'hookline_http_request_seconds',
    help: 'Time to answer a request, from its headers to the end of the answer.',
    labelNames: ['surface', 'method', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  return {
    registry,
    observe: (surface, method, status, durationMs) => requests.observe({ surface, method, status: String(status) }, durationMs / 1000),
  };
}
