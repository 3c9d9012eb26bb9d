import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { FAILURE_CAUSE_NAMES } from '#lib/domain/failure-causes.ts';
import type { Activity } from '#lib/engine/activity.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { Db } from '#lib/store/connect.ts';
import { countIntegrations, INTEGRATION_STATES } from '#lib/store/count-integrations.ts';
import { countQueued } from '#lib/store/due-work.ts';
import { listRunningParts } from '#lib/store/replays.ts';

/** What the engine of this process took, sent and brought to an end, and how long its queue is. No label names a tenant. */
export function registerEngineMetrics(registry: Registry, engine: Engine, reader: Db): void {
  const registers = [registry];
  const events = new Counter({ name: 'hookline_events_total', help: 'Events accepted.', labelNames: ['type'], registers });
  const executions = new Counter({
    name: 'hookline_executions_total',
    help: 'Executions that came to their end: finished, failed or skipped.',
    labelNames: ['status'],
    registers,
  });
  const attempts = new Histogram({
    name: 'hookline_attempt_seconds',
    help: 'Time that an attempt took, by the class of the status that came back; none: no response.',
    labelNames: ['status'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 15],
    registers,
  });
  const deliveries = new Histogram({
    name: 'hookline_delivery_seconds',
    help: 'Time from queuing an execution to the end of its first attempt.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 3600],
    registers,
  });
  const failures = new Counter({
    name: 'hookline_attempt_failures_total',
    help: 'Attempts that were not delivered, by cause.',
    labelNames: ['cause'],
    registers,
  });
  // From the start, so that the first of a kind is a rise and not the beginning of a series.
  for (const status of ['finished', 'failed', 'skipped']) executions.inc({ status }, 0);
  for (const cause of FAILURE_CAUSE_NAMES) failures.inc({ cause }, 0);
  new Gauge({
    name: 'hookline_integrations',
    help: 'Webhooks and Slack channels of all teams, by state: well, failing, paused by the circuit breaker, disabled.',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await countIntegrations(reader).catch(() => null);
      for (const state of INTEGRATION_STATES) this.set({ state }, counts?.[state] ?? Number.NaN);
    },
  });
  new Gauge({
    name: 'hookline_replays_running',
    help: 'Parts of replays of many that go on, of all processes: one for each integration that is sent to.',
    registers,
    async collect() {
      const parts = await listRunningParts(reader).catch(() => null);
      this.set(parts?.length ?? Number.NaN);
    },
  });
  new Gauge({
    name: 'hookline_requests_in_flight',
    help: 'Requests of this process that are on their way.',
    registers,
    collect() {
      this.set(engine.worker.inFlight);
    },
  });
  new Gauge({
    name: 'hookline_queue_depth',
    help: 'Executions of all processes that wait or are being sent; counted up to 10,000.',
    registers,
    async collect() {
      // Unknown while the store cannot be read: the other numbers must not go with it.
      this.set(await countQueued(reader).catch(() => Number.NaN));
    },
  });

  engine.activity.subscribe((activity: Activity) => {
    switch (activity.kind) {
      case 'event_accepted':
        return events.inc({ type: activity.type });
      case 'attempt_ended':
        attempts.observe({ status: statusClass(activity.status) }, activity.durationMs / 1000);
        if (activity.cause !== null) failures.inc({ cause: activity.cause });
        if (activity.number === 1) deliveries.observe(activity.sinceQueuedMs / 1000);
        return;
      case 'execution_ended':
        return executions.inc({ status: activity.status });
    }
  });
}

const statusClass = (status: number | null) => (status === null ? 'none' : `${Math.floor(status / 100)}xx`);
