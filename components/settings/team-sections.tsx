import { Cable, KeyRound, MessageSquare, ScrollText, SquareTerminal, Users, Webhook } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TeamSection } from '#lib/domain/page-paths.ts';
import { type Permission, type Role, roleMay } from '#lib/domain/permissions.ts';

interface Section {
  id: TeamSection;
  label: string;
  icon: ReactNode;
  needs: Permission;
  /** A personal space has no members, service accounts or log of its own. */
  teamsOnly?: true;
}

/** One row per section of a team's settings, with the right that opens it. */
export const TEAM_SECTIONS: readonly Section[] = [
  { id: 'members', label: 'Members', icon: <Users />, needs: 'members:list', teamsOnly: true },
  { id: 'secrets', label: 'Secrets', icon: <KeyRound />, needs: 'secrets:list_names' },
  { id: 'webhooks', label: 'Webhooks', icon: <Webhook />, needs: 'integrations:list' },
  { id: 'slack', label: 'Slack', icon: <MessageSquare />, needs: 'integrations:list' },
  { id: 'api-keys', label: 'API keys', icon: <SquareTerminal />, needs: 'see', teamsOnly: true },
  { id: 'connect', label: 'Connect', icon: <Cable />, needs: 'see' },
  { id: 'audit-log', label: 'Audit log', icon: <ScrollText />, needs: 'audit:read', teamsOnly: true },
];

/** Whose settings these are, and how the reader stands to it. `role` is null for who manages a team without being in it. */
export type Owner = { name: string; kind: 'team' | 'user'; role: Role | null };

export const mayOpen = ({ kind, role }: Owner, section: Section) =>
  !(kind === 'user' && section.teamsOnly) && (roleMay(role, section.needs) || (section.id === 'members' && kind === 'team'));
