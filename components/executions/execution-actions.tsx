'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ExternalLink, Link2, PencilLine, RotateCcw, Send } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { writeClipboard } from '#components/ui/copy-button.tsx';
import { Menu, MenuItem, MenuLink } from '#components/ui/menu.tsx';
import { toast } from '#components/ui/toast.ts';
import { replayExecution, sendExecutionNow } from '#lib/client/executions.ts';
import type { ExecutionView } from '#lib/contracts/automations.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

const EditAndSend = dynamic(() => import('./edit-and-send.tsx').then((module) => module.EditAndSend));

/** What can be done to an execution, for this visitor: the server says which. */
export function ExecutionActions({ execution }: { execution: ExecutionView }) {
  const [asking, setAsking] = useState<'replay' | 'edit' | null>(null);
  const client = useQueryClient();
  const router = useRouter();
  const replay = useMutation({
    ...replayExecution(client),
    onSuccess: () => {
      setAsking(null);
      toast.success('Sent again');
      return client.invalidateQueries({ queryKey: ['api', 'executions'] });
    },
  });
  const sendNow = useMutation({ ...sendExecutionNow(client), onError: (error) => void toast.error(error.message) });
  const { can } = execution;

  return (
    <>
      {can.editAndSend && (
        <Button size="sm" variant="ghost" onClick={() => setAsking('edit')} className="max-sm:hidden">
          <PencilLine />
          Edit and send
        </Button>
      )}
      {can.replay && (
        <Button size="sm" onClick={() => setAsking('replay')}>
          <RotateCcw />
          Replay
        </Button>
      )}
      {can.sendNow && (
        <Button size="sm" loading={sendNow.isPending} onClick={() => sendNow.mutate(execution.id)}>
          <Send />
          Send now
        </Button>
      )}
      <Menu size="sm" label="More actions">
        {can.editAndSend && (
          <MenuItem icon={<PencilLine />} onSelect={() => setAsking('edit')}>
            Edit and send
          </MenuItem>
        )}
        <MenuItem
          icon={<Link2 />}
          onSelect={() =>
            void writeClipboard(new URL(pagePaths.execution(execution.id), location.href).href).then(() => toast.success('Link copied'))
          }
        >
          Copy link
        </MenuItem>
        <MenuLink icon={<ExternalLink />} href={pagePaths.execution(execution.id)}>
          Open on its own page
        </MenuLink>
      </Menu>

      <ConfirmDialog
        open={asking === 'replay'}
        onOpenChange={(open) => setAsking(open ? 'replay' : null)}
        title="Replay this execution?"
        description={`The stored request is sent to ${execution.target.name} again, with the webhook’s URL and secrets of now and the same id. A receiver that drops known ids may ignore it.`}
        confirmLabel="Replay"
        pending={replay.isPending}
        error={replay.error?.message}
        onConfirm={() => replay.mutate({ id: execution.id })}
      />
      {asking === 'edit' && (
        <EditAndSend
          execution={execution}
          onClose={() => setAsking(null)}
          onSent={(id) => {
            setAsking(null);
            toast.success('Sent as a new execution');
            router.push(pagePaths.execution(id));
          }}
        />
      )}
    </>
  );
}
