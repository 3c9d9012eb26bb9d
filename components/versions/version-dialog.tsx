import type { Container } from '#lib/client/tracking.ts';
import type { VersionView } from '#lib/contracts/tracking.ts';
import { EditVersion } from './edit-version.tsx';
import { LinkVersion } from './link-version.tsx';
import { RemoveVersion } from './remove-version.tsx';

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
