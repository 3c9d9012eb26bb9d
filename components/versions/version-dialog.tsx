import dynamic from 'next/dynamic';
import type { Container } from '#lib/client/tracking.ts';
import type { VersionView } from '#lib/contracts/tracking.ts';

const RemoveVersion = dynamic(() => import('./remove-version.tsx').then((module) => module.RemoveVersion));
const LinkVersion = dynamic(() => import('./link-version.tsx').then((module) => module.LinkVersion));
const EditVersion = dynamic(() => import('./edit-version.tsx').then((module) => module.EditVersion));

export interface VersionDialogProps {
  at: Container;
  type?: string;
  collection: string;
  version: VersionView;
  onClose: () => void;
  /** After it was deleted or unlinked. */
  onRemoved?: () => void;
}

const DIALOGS = { edit: EditVersion, link: LinkVersion, remove: RemoveVersion };
export type VersionDialogKind = keyof typeof DIALOGS;

/** What can be done to a version, from its row and from its page. */
export function VersionDialog({ kind, ...props }: VersionDialogProps & { kind: VersionDialogKind }) {
  const Dialog = DIALOGS[kind];
  return <Dialog {...props} />;
}
