import type { Severity } from '#lib/domain/automation.ts';
import type { Role } from '#lib/domain/permissions.ts';
import type { MetricStream } from '#lib/domain/run-stream.ts';
import type { RunState, TrackedEventType } from '#lib/domain/tracked-event.ts';
import type { Flag } from './flag.ts';

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

export type TrackingTables = {
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
