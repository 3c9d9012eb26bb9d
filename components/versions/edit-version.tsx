'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { TokenInput } from '#components/ui/token-input.tsx';
import { ApiError } from '#lib/client/http.ts';
import { updateVersion } from '#lib/client/tracking.ts';
import { isVersionAlias, LATEST_ALIAS } from '#lib/domain/fixed-names.ts';
import type { VersionDialogProps } from './version-dialog.tsx';

/** Aliases, tags and description of one version. An alias lies on one version at a time: adding it here takes it from where it was. */
export function EditVersion({ at, type, collection, version, onClose }: VersionDialogProps) {
  const [aliases, setAliases] = useState<string[]>(version.aliases);
  const [tags, setTags] = useState<string[]>(version.tags);
  const [description, setDescription] = useState(version.description);
  const update = useMutation({ ...updateVersion(useQueryClient(), at, collection, type), onSuccess: onClose });
  /** A list's refusal names the entry, where the API names its place. What belongs to neither list is told at the first. */
  const refusalOf = (list: 'addAliases' | 'addTags'): string | undefined => {
    if (!update.error) return undefined;
    const own = update.error instanceof ApiError ? update.error.issues.filter(({ path }) => path[0] === list || path[0] === 'addTags') : [];
    if (own.length === 0) return list === 'addAliases' ? update.error.message : undefined;
    const words = own
      .filter(({ path }) => path[0] === list)
      .map(({ path, message }) => `“${update.variables?.[list]?.[Number(path[1])]}”: ${message}`);
    return words.join(' ') || undefined;
  };
  const refused = aliases.find((alias) => !version.aliases.includes(alias) && (isVersionAlias(alias) || alias === LATEST_ALIAS));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Edit ${collection}:${version.version}`}>
      <DialogForm
        onSubmit={() => {
          update.mutate({
            version: version.version,
            addAliases: aliases.filter((alias) => !version.aliases.includes(alias)),
            removeAliases: version.aliases.filter((alias) => !aliases.includes(alias)),
            addTags: tags.filter((tag) => !version.tags.includes(tag)),
            removeTags: version.tags.filter((tag) => !tags.includes(tag)),
            ...(description !== version.description && { description }),
          });
        }}
        submit="Save"
        pending={update.isPending}
        disabledReason={refused && 'Remove the reserved alias first.'}
      >
        <Field
          label="Aliases"
          hint="An alias lies on one version at a time. Adding one fires the automations that wait for it."
          error={refused ? `"${refused}" is the server’s own: it cannot be added by hand.` : refusalOf('addAliases')}
        >
          <TokenInput mono values={aliases} onChange={(next) => setAliases([...next])} placeholder="production" />
        </Field>
        <Field label="Tags" error={refusalOf('addTags')}>
          <TokenInput values={tags} onChange={(next) => setTags([...next])} placeholder="Add a tag" />
        </Field>
        {!version.linked && (
          <Field label="Description" note="optional">
            <Textarea rows={4} value={description} onChange={(event) => setDescription(event.target.value)} />
          </Field>
        )}
      </DialogForm>
    </Dialog>
  );
}
