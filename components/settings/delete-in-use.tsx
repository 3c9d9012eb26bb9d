'use client';

import type { ReactNode } from 'react';
import { Chip } from '#components/ui/chip.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { ApiError } from '#lib/client/http.ts';
import type { Use } from '#lib/contracts/view.ts';

interface DeleteInUseProps {
  /** "secret", "webhook": the noun of the buttons. */
  noun: string;
  name: string;
  /** What is known to use it. The server's own list replaces it when it refuses. */
  usedBy: readonly Use[];
  /** What happens to those that use it. */
  consequence: ReactNode;
  /** What happens when nothing uses it. */
  otherwise: ReactNode;
  pending: boolean;
  error: unknown;
  onDelete: (force: boolean) => void;
  onClose: () => void;
}

/** Asks before something is deleted; says what breaks, and asks for the name where something does. */
export function DeleteInUse(props: DeleteInUseProps) {
  const { noun, name, usedBy, consequence, otherwise, pending, error, onDelete, onClose } = props;
  const refusal = error instanceof ApiError ? error : null;
  const conflict = refusal?.code === 'conflict' ? refusal.issues.map(({ message }) => message) : [];
  const uses = conflict.length > 0 ? conflict : usedBy.map((use) => use.name);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={`Delete the ${noun} ${name}?`}
      description={uses.length > 0 ? consequence : otherwise}
      confirmLabel={`Delete ${noun}`}
      typeToConfirm={uses.length > 0 ? name : undefined}
      pending={pending}
      error={refusal && (refusal.code !== 'conflict' || conflict.length === 0) ? refusal.message : undefined}
      onConfirm={() => onDelete(uses.length > 0)}
    >
      {uses.length > 0 && (
        <div>
          <p className="mb-1.5 text-meta text-fg-3">In use by</p>
          <ul className="flex flex-wrap gap-1.5">
            {uses.map((use) => (
              <li key={use} className="max-w-full min-w-0">
                <Chip>{use}</Chip>
              </li>
            ))}
          </ul>
        </div>
      )}
    </ConfirmDialog>
  );
}
