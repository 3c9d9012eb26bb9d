import type { Action, Severity } from '#lib/domain/automation.ts';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { ExecutionStatus } from '#lib/domain/execution.ts';
import type { FailureCause } from '#lib/domain/failure-causes.ts';
import type { Role } from '#lib/domain/permissions.ts';
import type { ScopeKind } from '#lib/domain/scope-name.ts';
import type { RunState, TrackedEventType } from '#lib/domain/tracked-event.ts';
import type { CountKind } from './delivery-counts.ts';

/**
 * One row type per table, as both databases hold it: times are epoch milliseconds, JSON is text, booleans are 0 or 1.
 * Rows never leave lib/store; its functions answer domain objects. Grouped by the migration that makes the table.
 */
export type Database = IdentityTables & TrackingTables & AutomationTables & SettingsTables;

export type Flag = 0 | 1;

type IdentityTables = {
  numbers: { series: string; value: number };
  instance: { key: string; value: string };
  organizations: { id: number; display_name: string; created_at: number };
  entities: {
    id: number;
    kind: 'user' | 'team' | 'organization';
    name: string;
    name_folded: string;
    organization_id: number | null;
    created_at: number;
  };
  users: {
    id: number;
    entity_id: number;
    username: string;
    email: string | null;
    email_folded: string | null;
    display_name: string;
    instance_admin: Flag;
    /** Set for a service account: the team it belongs to. */
    service_entity_id: number | null;
    default_entity_id: number | null;
    created_at: number;
    disabled_at: number | null;
    deleted_at: number | null;
  };
  memberships: { entity_id: number; user_id: number; role: Role; created_at: number };
  api_keys: {
    id: number;
    hash: string;
    prefix: string;
    user_id: number;
    name: string;
    created_by_id: number;
    created_at: number;
    last_used_at: number | null;
    expires_at: number | null;
  };
  invites: {
    id: number;
    token_hash: string;
    entity_id: number;
    role: Role;
    note: string;
    created_by_id: number;
    created_at: number;
    expires_at: number;
    accepted_at: number | null;
    accepted_by_id: number | null;
    revoked_at: number | null;
  };
  password_resets: { token_hash: string; user_id: number; created_at: number; expires_at: number; used_at: number | null };
};

type ProjectRow = {
  entity_id: number;
  id: number;
  kind: 'project' | 'registry';
  name: string;
  description: string;
  visibility: 'organization' | 'restricted';
  /** Registries: the types they accept as a JSON list; null accepts all. */
  artifact_types: string | null;
  created_by_id: number | null;
  created_at: number;
  updated_at: number;
};

type RunRow = {
  entity_id: number;
  id: number;
  project_id: number;
  run_id: string;
  name: string;
  /** Who feeds it: only runs of the file stream crash by falling silent. */
  source: 'events' | 'stream';
  state: RunState;
  user_id: number | null;
  user_name: string | null;
  run_group: string | null;
  job_type: string | null;
  tags: string;
  config: string;
  notes: string;
  /** What the client reports and nothing here asks for: host, program, commit, sweep, its own config. */
  details: string;
  exit_code: number | null;
  stop_requested: Flag;
  created_at: number;
  updated_at: number;
  started_at: number;
  finished_at: number | null;
};

type RunProgressRow = {
  entity_id: number;
  id: number;
  /** Goes up with every change of the stored metrics: a window kept in memory holds only for its version. */
  version: number;
  history_lines: number;
  system_lines: number;
  console_lines: number;
  last_step: number | null;
  last_value_at: number | null;
  heartbeat_at: number;
  /** When the scheduler looks at it next; not later than its deadline. */
  check_at: number | null;
  summary: string;
  history_tail: string | null;
  system_tail: string | null;
};

export type MetricStream = 'history' | 'system';

type TrackingTables = {
  projects: ProjectRow;
  registry_members: { entity_id: number; project_id: number; member_entity_id: number; role: Role; created_at: number };
  runs: RunRow;
  run_progress: RunProgressRow;
  metric_chunks: {
    entity_id: number;
    run: number;
    stream: MetricStream;
    metric: string;
    first_line: number;
    last_line: number;
    received_at: number;
    packed: Uint8Array;
  };
  run_metrics: { entity_id: number; run: number; metric: string; first_at: number };
  project_metrics: { entity_id: number; project_id: number; metric: string; last_at: number };
  console_lines: {
    entity_id: number;
    run: number;
    number: number;
    at: number | null;
    level: string | null;
    label: string | null;
    content: string;
  };
  run_files: {
    entity_id: number;
    id: number;
    run: number;
    name: string;
    size: number;
    md5: string | null;
    mime_type: string | null;
    storage_key: string;
    uploaded_at: number | null;
    created_at: number;
  };
  run_alerts: { entity_id: number; id: string; run: number; title: string; content: string; severity: Severity; created_at: number };
  run_alert_deliveries: {
    entity_id: number;
    alert_id: string;
    target_id: number;
    run: number;
    target_name: string;
    status: 'sending' | 'delivered' | 'failed' | 'skipped';
    error: string | null;
    at: number;
  };
  collections: {
    entity_id: number;
    id: number;
    project_id: number;
    kind: 'sequence' | 'portfolio';
    name: string;
    type: string;
    description: string;
    next_index: number;
    client_id: string | null;
    created_by_id: number | null;
    created_at: number;
    updated_at: number;
  };
  collection_tags: { entity_id: number; collection_id: number; tag: string; created_at: number };
  versions: {
    entity_id: number;
    id: number;
    project_id: number;
    collection_id: number;
    state: 'pending' | 'committed' | 'deleted';
    version_index: number | null;
    digest: string;
    description: string;
    metadata: string;
    size: number;
    file_count: number;
    ttl_seconds: number | null;
    run: number | null;
    history_step: number | null;
    created_by_id: number | null;
    author: string | null;
    client_id: string | null;
    /** Under which several runs write one version until it is complete. */
    distributed_id: string | null;
    /** Aliases and tags given while pending; they count from the commit on. */
    pending_aliases: string | null;
    created_at: number;
    committed_at: number | null;
    updated_at: number;
  };
  version_tags: { entity_id: number; version_id: number; tag: string; created_at: number };
  collection_versions: {
    entity_id: number;
    collection_id: number;
    version_index: number;
    version_entity_id: number;
    version_id: number;
    is_link: Flag;
    created_by_id: number | null;
    created_at: number;
  };
  aliases: { entity_id: number; collection_id: number; alias: string; version_index: number; created_at: number };
  manifests: {
    entity_id: number;
    id: number;
    version_id: number;
    kind: 'FULL' | 'PATCH' | 'INCREMENTAL';
    name: string;
    digest: string;
    storage_key: string | null;
    size: number | null;
    base_version_id: number | null;
    created_at: number;
  };
  manifest_entries: {
    entity_id: number;
    version_id: number;
    path: string;
    digest: string;
    size: number;
    ref: string | null;
    birth_version_id: number | null;
    extra: string | null;
  };
  stored_files: {
    entity_id: number;
    digest: string;
    storage_key: string;
    size: number;
    mime_type: string | null;
    uploaded_at: number | null;
    created_at: number;
  };
  /** Runs that logged what a version had already; the run that made it stands in its own row. */
  version_outputs: { entity_id: number; run: number; version_id: number; created_at: number };
  version_uses: {
    entity_id: number;
    run: number;
    version_entity_id: number;
    version_id: number;
    used_as: string | null;
    created_at: number;
  };
  events: {
    entity_id: number;
    id: string;
    project_id: number;
    type: TrackedEventType;
    at: number;
    received_at: number;
    author: string | null;
    reported_by: string | null;
    run: number | null;
    version_id: number | null;
    collection_id: number | null;
    facts: string;
  };
  event_keys: { entity_id: number; project_id: number; client_event_id: string; received_at: number };
};

type AutomationTables = {
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

type SettingsTables = {
  /** Webhooks and Slack channels. A deleted one keeps its row for its name; everything secret in it is gone. */
  targets: {
    entity_id: number;
    id: number;
    kind: 'webhook' | 'slack';
    name: string;
    /** Encrypted (lib/secrets): a webhook's URL, a Slack incoming webhook's URL; null for a bot. */
    url: string | null;
    /** What everybody may see of it: scheme, host and "/…". */
    url_shown: string | null;
    access_token_secret: string | null;
    signing_secret: string | null;
    signature_encoding: 'base64' | 'hex';
    payload_secrets: string;
    channel: string | null;
    bot_token_secret: string | null;
    receives_run_alerts: Flag;
    template: string | null;
    enabled: Flag;
    disabled_reason: string | null;
    max_concurrent: number;
    max_per_minute: number | null;
    notices_to: number | null;
    /** The circuit breaker: executions wait until then, when one probe may go. */
    paused_until: number | null;
    probe_delay_ms: number | null;
    /** Since when there was nothing but failures. */
    first_failure_at: number | null;
    /** Warnings given since then, and when the last one was. */
    warned: number;
    warned_at: number | null;
    /** Signs as v1a, and the one before while both are live: the private parts are encrypted. */
    signing_key: string | null;
    public_key: string | null;
    key_made_at: number | null;
    old_signing_key: string | null;
    old_public_key: string | null;
    old_key_ends_at: number | null;
    created_by_id: number;
    created_at: number;
    updated_at: number;
    deleted_at: number | null;
  };
  data_keys: { entity_id: number; wrapped: string; wrapped_by: string; created_at: number };
  secrets: {
    entity_id: number;
    id: number;
    name: string;
    source: 'store';
    value: string;
    old_value: string | null;
    overlap_ends_at: number | null;
    created_by_id: number;
    created_at: number;
    replaced_at: number | null;
    last_used_at: number | null;
  };
  secret_hosts: { entity_id: number; secret_name: string; host: string; approved_by_id: number; approved_at: number };
  /** entity_id 0: what concerns the whole instance. */
  audit: {
    entity_id: number;
    id: string;
    at: number;
    actor_kind: 'user' | 'api_key' | 'system' | 'anonymous';
    actor_id: number | null;
    actor_name: string;
    what: string;
    target: string;
    before: string | null;
    after: string | null;
    address: string | null;
    request_id: string | null;
  };
  /** For the admins of an entity, in the app. A topic (`target:12`) has one open notice at a time. */
  notices: {
    entity_id: number;
    id: string;
    topic: string;
    severity: 'info' | 'warning' | 'danger';
    message: string;
    href: string | null;
    at: number;
    resolved_at: number | null;
  };
  auth_users: {
    id: string;
    name: string;
    email: string;
    email_verified: Flag;
    image: string | null;
    created_at: string;
    updated_at: string;
  };
  auth_sessions: {
    id: string;
    user_id: string;
    token: string;
    expires_at: string;
    ip_address: string | null;
    user_agent: string | null;
    created_at: string;
    updated_at: string;
  };
  auth_accounts: {
    id: string;
    user_id: string;
    account_id: string;
    provider_id: string;
    access_token: string | null;
    refresh_token: string | null;
    id_token: string | null;
    access_token_expires_at: string | null;
    refresh_token_expires_at: string | null;
    scope: string | null;
    password: string | null;
    created_at: string;
    updated_at: string;
  };
  auth_verifications: { id: string; identifier: string; value: string; expires_at: string; created_at: string; updated_at: string };
  /** Counters for limits that must hold across processes: failed sign-ins, tests. */
  rate_counts: { subject: string; window_ends_at: number; used: number };
};
