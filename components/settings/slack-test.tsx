'use client';

import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Dialog, DialogClose, DialogFooter } from '#components/ui/dialog.tsx';
import { formatDuration } from '#components/ui/format-time.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import { testSlackChannel } from '#lib/client/integrations.ts';
import type { SlackChannelView } from '#lib/contracts/integrations.ts';

/** Sends a message for real as it opens, and says what Slack answered. */
export function SlackTest({ team, channel, onClose }: { team: string; channel: SlackChannelView; onClose: () => void }) {
  const { mutate, data, error, isPending } = useMutation(testSlackChannel(team, channel.id));
  useEffect(() => mutate(), [mutate]);
  const failure = data?.error;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Test message to ${channel.name}`}>
      <div className="grid gap-3" aria-live="polite">
        {isPending && (
          <p className="flex items-center gap-2 text-small text-fg-2">
            <Spinner /> Waiting for Slack’s answer
          </p>
        )}
        {error && <Callout tone="danger">{error.message}</Callout>}
        {data && (
          <>
            <p className="flex flex-wrap items-center gap-2.5 text-small">
              <Badge size="lg" tone={failure ? 'danger' : 'success'}>
                {failure ? 'Not delivered' : 'Delivered'}
              </Badge>
              <span className="text-fg-2">{data.response ? `Slack answered ${data.response.status}` : 'No answer'}</span>
              <span className="ml-auto tabular-nums">{formatDuration(data.timings.totalMs)}</span>
            </p>
            {failure ? (
              <Callout tone="danger" live={false}>
                <p className="font-medium">{failure.message}</p>
                {failure.hint && <p className="mt-0.5">{failure.hint}</p>}
              </Callout>
            ) : (
              <p className="text-small text-fg-2">Look into the channel: “Test message from Hookline” should stand there.</p>
            )}
          </>
        )}
        <DialogFooter inset>
          <Button loading={isPending} onClick={() => mutate()}>
            Send again
          </Button>
          <DialogClose>
            <Button variant="primary">Done</Button>
          </DialogClose>
        </DialogFooter>
      </div>
    </Dialog>
  );
}
