'use client';

import { useQuery } from '@tanstack/react-query';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { instanceQuery } from '#lib/client/instance.ts';

/** Where webhooks may connect. Set by whoever starts the server; read here. */
export function InstanceNetwork() {
  const instance = useQuery(instanceQuery());
  return (
    <>
      <SettingsHeader
        title="Network"
        description="Webhooks, tests and Slack reach public addresses only, and what is listed here. Set where the server is started."
      />
      <QueryState query={instance} what="The configuration" loading={<SkeletonText lines={4} />}>
        {({ egress, publicUrl }) => (
          <>
            <SectionHeader level={3} title="Allowed although private" note={<code>HOOKLINE_EGRESS_ALLOW</code>} />
            {egress.allow.length === 0 ? (
              <p className="max-w-form text-small text-fg-2">
                Nothing is listed: every receiver must have a public address. Metadata addresses need an entry of their own.
              </p>
            ) : (
              <ul className="max-w-form border-t border-line">
                {egress.allow.map((entry) => (
                  <li key={entry} className="flex h-row items-center border-b border-line font-mono text-code">
                    {entry}
                  </li>
                ))}
              </ul>
            )}
            <SectionHeader level={3} title="Besides" />
            <KeyValue
              className="max-w-form"
              items={[
                {
                  key: 'Plain http',
                  value: <Setting name="HOOKLINE_ALLOW_HTTP">{egress.allowHttp ? 'allowed' : 'refused: https only'}</Setting>,
                },
                {
                  key: 'Personal webhooks',
                  value: (
                    <Setting name="HOOKLINE_EGRESS_PERSONAL">
                      {egress.personalMayUseEntries ? 'may use the entries above' : 'reach public addresses only'}
                    </Setting>
                  ),
                },
                { key: 'Public URL', value: <Setting name="HOOKLINE_PUBLIC_URL">{publicUrl}</Setting> },
              ]}
            />
          </>
        )}
      </QueryState>
    </>
  );
}

function Setting({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <span className="flex flex-wrap gap-x-3">
      <span>{children}</span>
      <code className="text-meta text-fg-3">{name}</code>
    </span>
  );
}
