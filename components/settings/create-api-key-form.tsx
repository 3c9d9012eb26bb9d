'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { createApiKey } from '#lib/client/session.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { ShownOnce } from './shown-once.tsx';

/** What the client's sign-in asks for: one key, to paste into the terminal that waits for it. */
export function CreateApiKeyForm({ username }: { username: string }) {
  const [name, setName] = useState('wandb client');
  const create = useMutation(createApiKey(useQueryClient()));
  if (create.data) {
    return (
      <>
        <ShownOnce
          label="API key"
          value={create.data.key}
          hint="Paste it where the client waits for it. It is shown this once: only its hash is kept."
        />
        <ButtonLink href={pagePaths.settings()}>See your API keys</ButtonLink>
      </>
    );
  }
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name });
      }}
    >
      {create.error && <Callout tone="danger">{create.error.message}</Callout>}
      <Field label="Name" note="optional" hint={`The key belongs to ${username} and may do what ${username} may.`}>
        <Input value={name} maxLength={128} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary" loading={create.isPending}>
        Create API key
      </Button>
    </form>
  );
}
