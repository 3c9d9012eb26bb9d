import { Building2, LockKeyhole, Network, ScrollText, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import type { InstanceSection } from '#lib/domain/page-paths.ts';

export const INSTANCE_SECTIONS: readonly { id: InstanceSection; label: string; icon: ReactNode }[] = [
  { id: 'users', label: 'Users', icon: <Users /> },
  { id: 'organizations', label: 'Organizations', icon: <Building2 /> },
  { id: 'network', label: 'Network', icon: <Network /> },
  { id: 'encryption', label: 'Encryption', icon: <LockKeyhole /> },
  { id: 'audit-log', label: 'Audit log', icon: <ScrollText /> },
];
