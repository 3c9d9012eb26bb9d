import type { Role } from '#lib/domain/permissions.ts';
import type { Flag } from './flag.ts';

export type IdentityTables = {
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
