import type { SelectOption } from '#components/ui/select.tsx';

export type EntityRoleName = 'admin' | 'member' | 'viewer';

export const ROLE_OPTIONS: (SelectOption<EntityRoleName> & { description: string })[] = [
  { value: 'admin', label: 'Admin', description: 'Also secrets, webhooks, Slack and members.' },
  { value: 'member', label: 'Member', description: 'Creates automations, sends events, logs runs.' },
  { value: 'viewer', label: 'Viewer', description: 'Sees automations and their history.' },
];

export const ROLE_LABELS = { admin: 'Admin', member: 'Member', viewer: 'Viewer', restricted_viewer: 'Restricted viewer' } as const;
