'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { toast } from '#components/ui/toast.ts';
import { instanceQuery, rotateKeys } from '#lib/client/instance.ts';

/** Which instance key wraps the data keys, and the step that finishes a change of it. */
export function InstanceEncryption() {
  const instance = useQuery(instanceQuery());
  return (
    <>
      <SettingsHeader
        title="Encryption"
        description="Secrets are encrypted with AES-256-GCM under data keys, and those are wrapped by the instance key."
      />
      <QueryState query={instance} what="The keys" loading={<SkeletonText lines={4} />}>
        {({ keys }) => (
          <>
            <SectionHeader level={3} title="Data keys" />
            <KeyValue
              className="max-w-form"
              items={[
                { key: 'Under the current instance key', value: keys.current.toLocaleString('en') },
                { key: 'Under a previous one', value: keys.old.toLocaleString('en') },
              ]}
            />
            <Rotation old={keys.old} />
          </>
        )}
      </QueryState>
    </>
  );
}

function Rotation({ old }: { old: number }) {
  const rotate = useMutation(rotateKeys(useQueryClient()));
  const start = () =>
    rotate.mutate(undefined, {
      onSuccess: ({ rewrapped, left }) =>
        void toast.success(left > 0 ? `${rewrapped} keys wrapped anew, ${left} still wait` : 'Every key is under the current instance key'),
    });
  return (
    <section className="max-w-form">
      <SectionHeader level={3} title="Change the instance key" />
      <ol className="grid list-decimal gap-1.5 pl-5 text-small text-fg-2">
        <li>
          Start the server with the new key as <code>HOOKLINE_MASTER_KEY</code> and the old one as <code>HOOKLINE_MASTER_KEY_PREVIOUS</code>
          .
        </li>
        <li>Wrap the data keys anew, here, while everything goes on.</li>
        <li>
          When none is left under a previous key, start without <code>HOOKLINE_MASTER_KEY_PREVIOUS</code>.
        </li>
      </ol>
      {rotate.error && (
        <Callout tone="danger" className="mt-3">
          {rotate.error.message}
        </Callout>
      )}
      {old > 0 ? (
        <Button className="mt-3" variant="primary" loading={rotate.isPending} onClick={start}>
          <RefreshCw />
          Wrap {old.toLocaleString('en')} {old === 1 ? 'key' : 'keys'} anew
        </Button>
      ) : (
        <p className="mt-3 text-small">Nothing to do now: every data key is under the current instance key.</p>
      )}
    </section>
  );
}
