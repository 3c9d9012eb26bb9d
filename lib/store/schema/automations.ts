import type { Action } from '#lib/domain/automation.ts';
import type { CountKind } from '#lib/domain/delivery-health.ts';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { ExecutionStatus } from '#lib/domain/execution.ts';
import type { FailureCause } from '#lib/domain/failure-causes.ts';
import type { ScopeKind } from '#lib/domain/scope-name.ts';
import type { TrackedEventType } from '#lib/domain/tracked-event.ts';
import type { Flag } from './flag.ts';

export type AutomationTables = {
  automations: {
    entity_id: number;
    id: number;
    name: string;
    description: string;
    enabled: Flag;
    scope_kind: ScopeKind;
    scope_key: string;
    project_id: number | null;
    collection_id: number | null;
    on_type: AutomationEvent;
    /** The metric that its rule is about, so that a batch finds only those that concern it. */
    metric_name: string | null;
    filter: string;
    action_kind: Action['kind'];
    action: string;
    target_entity_id: number | null;
    target_id: number | null;
    cooldown_seconds: number;
    max_firings_per_minute: number;
    retry: string;
    /** Goes up with every change; what is parsed from a row is kept by it. */
    version: number;
    /** When it was made or last enabled: silence before does not count. */
    armed_at: number;
    created_by_id: number | null;
    created_at: number;
    updated_at: number;
  };
  automation_counters: {
    entity_id: number;
    automation_id: number;
    last_fired_at: number | null;
    /** The minute since 1970 that `fired` and `skipped` count. */
    minute: number;
    fired: number;
    skipped: number;
    last_skipped_id: string | null;
  };
  schedules: { entity_id: number; automation_id: number; next_at: number; previous_at: number };
  firing_slots: {
    entity_id: number;
    automation_id: number;
    /** The domain's slotKey: which run, and for run state its new state. */
    slot: string;
    fired_at: number;
    execution_id: string;
    /** Matches inside the 24 hours, which make no execution. */
    held_back: number;
    held_back_at: number | null;
  };
  near_misses: {
    entity_id: number;
    automation_id: number;
    /** Position in the automation's ring. */
    place: number;
    at: number;
    event_entity_id: number;
    event_id: string | null;
    event_type: TrackedEventType;
    subject: string;
    decision: string;
  };
  executions: {
    entity_id: number;
    id: string;
    automation_id: number;
    automation_name: string;
    on_type: AutomationEvent;
    action_kind: Action['kind'];
    event_entity_id: number;
    event_id: string;
    project_id: number;
    collection_id: number | null;
    run: number | null;
    version_id: number | null;
    target_entity_id: number | null;
    target_id: number | null;
    status: ExecutionStatus;
    reason: string | null;
    /** Of one that failed for good. */
    cause: FailureCause | null;
    /** The replay of many that queued it last. */
    replay_id: string | null;
    due_at: number | null;
    number: number;
    try: number;
    second_chance_used: Flag;
    /** The process that holds the lease of a running row. */
    worker: string | null;
    manual: Flag;
    edited_from_id: string | null;
    /** How many more firings a skipped row stands for. */
    counted: number;
    created_at: number;
    finished_at: number | null;
  };
  execution_facts: { entity_id: number; id: string; event: string; decision: string; action: string; retry: string };
  attempts: {
    entity_id: number;
    execution_id: string;
    number: number;
    try: number;
    target_id: number | null;
    started_at: number;
    duration_ms: number | null;
    outcome: DeliveryOutcome['kind'] | 'lost' | null;
    status: number | null;
    address: string | null;
    timings: string | null;
    error_code: string | null;
    error: string | null;
  };
  attempt_bodies: {
    entity_id: number;
    execution_id: string;
    number: number;
    started_at: number;
    request: string | null;
    response: string | null;
  };
  /** `sent`: the domain's SentLately. */
  target_rates: { entity_id: number; target_id: number; sent: string };
  /** A part of a replay of many: what goes to one target. `filter`: what the inbox was narrowed to. */
  replays: {
    entity_id: number;
    id: string;
    target_id: number;
    target_entity_id: number;
    created_by_id: number;
    created_at: number;
    since: number;
    until: number;
    filter: string;
    total: number;
    replayed: number;
    position_at: number;
    position_id: string;
    status: 'running' | 'done' | 'cancelled' | 'stopped';
    reason: string | null;
    worker: string | null;
    leased_until: number;
    finished_at: number | null;
  };
  /** How many attempts of a kind ended in a stretch of time: lib/store/delivery-counts.ts. */
  delivery_counts: { entity_id: number; target_id: number; width: number; starts_at: number; kind: CountKind; count: number };
  target_slots: { entity_id: number; target_id: number; slot: number; holder: string; held_until: number };
};
