import { LibraryBig, ScrollText, Users, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OrganizationSection } from '#lib/domain/page-paths.ts';

interface Section {
  id: OrganizationSection;
  label: string;
  icon: ReactNode;
  /** Admins of the organization only. */
  admins?: true;
}

export const ORGANIZATION_SECTIONS: readonly Section[] = [
  { id: 'members', label: 'Members', icon: <Users /> },
  { id: 'teams', label: 'Teams', icon: <UsersRound /> },
  { id: 'registries', label: 'Registries', icon: <LibraryBig /> },
  { id: 'audit-log', label: 'Audit log', icon: <ScrollText />, admins: true },
];
