'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { formatLeft } from '#components/ui/format-time.ts';
import { Panel } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { toast } from '#components/ui/toast.ts';
import { useNow } from '#components/ui/use-now.ts';
import { integrationQueries, switchKey, switchSecret } from '#lib/client/integrations.ts';
import type { WebhookView } from '#lib/contracts/integrations.ts';

const ReplaceKey = dynamic(() => import('./replace-key.tsx').then((module) => module.ReplaceKey));

/** With what it signs, and while a secret or key is replaced: how long both are live, and the button that ends it. */
export function SigningPanel({ webhook, mayWrite }: { webhook: WebhookView; mayWrite: boolean }) {
  const { team, id, signingSecret, signatureEncoding, publicKeys } = webhook;
  const client = useQueryClient();
  const secret = useQuery(integrationQueries.secrets(team)).data?.items.find(({ name }) => name === signingSecret);
  const endSecret = useMutation({ ...switchSecret(client, team), onError: (error) => void toast.error(error.message) });
  const endKey = useMutation({ ...switchKey(client, team), onError: (error) => void toast.error(error.message) });
  const [replacing, setReplacing] = useState(false);
  const old = publicKeys.find(({ endsAt }) => endsAt !== null);
  return (
    <Panel title="Signatures">
      {signingSecret === null && publicKeys.length === 0 && (
        <p className="text-small text-fg-2">Not signed: receivers cannot tell who sends.</p>
      )}
      {signingSecret !== null && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
          <p className="text-small">
            <span className="font-mono text-code">{signingSecret}</span>{' '}
            <span className="text-fg-2">makes X-Wandb-Signature ({signatureEncoding}) and v1 of webhook-signature.</span>
          </p>
          {secret?.overlapEndsAt != null && (
            <Overlap
              endsAt={secret.overlapEndsAt}
              text="Two values are live. X-Wandb-Signature is made with the old one."
              switching={endSecret.isPending}
              onSwitch={mayWrite ? () => endSecret.mutate(signingSecret) : undefined}
            />
          )}
        </div>
      )}
      {publicKeys.length > 0 && (
        <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-2 border-t border-line pt-3 first:mt-0 first:border-0 first:pt-0">
          <p className="text-small text-fg-2">An Ed25519 key makes v1a of webhook-signature. Receivers need only its public part:</p>
          {publicKeys.map(({ publicKey, madeAt, endsAt }) => (
            <div key={publicKey} className="flex items-center gap-2">
              <KeyRound className="size-3.5 flex-none text-fg-3" />
              <code className="min-w-0 flex-1 truncate font-mono text-[12px]" title={publicKey}>
                {publicKey}
              </code>
              <span className="flex-none text-meta text-fg-3">
                {endsAt !== null ? 'old' : madeAt !== null && <RelativeTime at={madeAt} />}
              </span>
              <CopyButton text={publicKey} label="Copy public key" icon />
            </div>
          ))}
          {old?.endsAt != null && (
            <Overlap
              endsAt={old.endsAt}
              text="Both keys sign."
              switching={endKey.isPending}
              onSwitch={mayWrite ? () => endKey.mutate(id) : undefined}
            />
          )}
          {mayWrite && (
            <Button size="sm" className="w-fit" onClick={() => setReplacing(true)}>
              Replace key
            </Button>
          )}
        </div>
      )}
      {replacing && <ReplaceKey webhook={webhook} onClose={() => setReplacing(false)} />}
    </Panel>
  );
}

interface OverlapProps {
  endsAt: number;
  text: string;
  switching: boolean;
  /** Absent for who may not. */
  onSwitch?: () => void;
}

/** The clock of a rotation, to the second. */
function Overlap({ endsAt, text, switching, onSwitch }: OverlapProps) {
  const now = useNow(1000);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-control bg-warning-tint px-3 py-2 text-small text-warning-text">
      <span className="min-w-0 flex-1 basis-48">
        {text}{' '}
        <span role="timer" className="font-medium tabular-nums" suppressHydrationWarning>
          {endsAt > now ? `Ends in ${formatLeft(endsAt - now)}.` : 'Over now.'}
        </span>
      </span>
      {onSwitch && (
        <Button size="sm" loading={switching} onClick={onSwitch}>
          Switch now
        </Button>
      )}
    </div>
  );
}
