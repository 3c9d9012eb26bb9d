import type { Flag } from './flag.ts';

export type SettingsTables = {
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
