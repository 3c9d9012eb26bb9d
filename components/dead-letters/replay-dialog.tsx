'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { TargetName } from '#components/executions/target-name.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { deadLetterQueries, startReplay } from '#lib/client/dead-letters.ts';
import type { ReplayManyBody, ReplayPreview } from '#lib/contracts/dead-letters.ts';
import { executionsText } from './executions-text.ts';
import { exactly, fromLocalInput, SINCE_PRESET_NAMES, SINCE_PRESETS, type SincePreset, toLocalInput } from './replay-since.ts';

interface ReplayDialogProps {
  /** What the inbox is narrowed to. */
  narrowed: Omit<ReplayManyBody, 'since'>;
  /** The same in words; empty for everything. */
  narrowedWords: string;
  first: SincePreset;
  /** When the server was asked for it, if the address did. */
  askedAt?: number;
  onClose: () => void;
  onStarted: () => void;
}

const CUSTOM = 'custom';

/** From when on, exactly how many, and a look at the newest of them, before anything is sent. */
export function ReplayDialog({ narrowed, narrowedWords, first, askedAt, onClose, onStarted }: ReplayDialogProps) {
  const [openedAt] = useState(() => askedAt ?? Date.now());
  const [choice, setChoice] = useState<SincePreset | typeof CUSTOM>(first);
  const [typed, setTyped] = useState(() => toLocalInput(openedAt - SINCE_PRESETS[first].ms));
  const since = choice === CUSTOM ? fromLocalInput(typed) : openedAt - SINCE_PRESETS[choice].ms;
  const body: ReplayManyBody = { ...narrowed, since: new Date(since ?? openedAt).toISOString() };
  const preview = useQuery({
    ...deadLetterQueries.preview(body),
    enabled: since !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const start = useMutation({ ...startReplay(useQueryClient()), onSuccess: onStarted });
  const count = since === null ? 0 : (preview.data?.count ?? 0);
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onClose()}
      title="Replay what failed"
      description={narrowedWords ? `Only what the list shows: ${narrowedWords}.` : 'Everything that you may replay, in all teams.'}
      footer={
        <>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button
            variant="primary"
            loading={start.isPending}
            disabledReason={count === 0 ? 'Nothing that can be sent has failed since then.' : undefined}
            onClick={() => start.mutate(body)}
          >
            {count === 0 ? 'Replay' : `Replay ${executionsText(count)}`}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Field group label="Failed within the last">
          <RadioGroup
            cards
            value={choice}
            onChange={setChoice}
            options={[
              ...SINCE_PRESET_NAMES.map((name) => ({
                value: name as SincePreset | typeof CUSTOM,
                label: SINCE_PRESETS[name].label,
                description: exactly(openedAt - SINCE_PRESETS[name].ms),
              })),
              { value: CUSTOM as SincePreset | typeof CUSTOM, label: 'Since', description: 'A time of your own' },
            ]}
          />
        </Field>
        {choice === CUSTOM && (
          <Field label="Since" error={since === null ? 'Give a date and a time.' : undefined}>
            <Input type="datetime-local" step={1} value={typed} onChange={(event) => setTyped(event.target.value)} />
          </Field>
        )}
        {start.error && <Callout tone="danger">{start.error.message}</Callout>}
        {preview.isError ? <Callout tone="danger">{preview.error.message}</Callout> : <Preview preview={preview.data} />}
        <p className="text-meta text-fg-3">
          Each goes out under its own id, with the stored payload and the webhook’s URL and secrets of now: a receiver that drops known ids
          may ignore it. They are sent a few at a time, so that new firings do not wait behind them.
        </p>
      </div>
    </Dialog>
  );
}

function Preview({ preview }: { preview: ReplayPreview | undefined }) {
  if (!preview) return <PreviewSkeleton />;
  const kept = preview.targets.filter(({ state }) => state === 'disabled' || state === 'gone');
  return (
    <section aria-label="What would be sent" aria-live="polite" className="min-h-48">
      <p className="flex flex-wrap items-baseline gap-x-2 text-small">
        <span className="text-title font-semibold tabular-nums">{preview.count.toLocaleString('en')}</span>
        <span>{preview.count === 1 ? 'execution' : 'executions'} to send</span>
        <span className="text-fg-3">
          {preview.targets
            .filter((target) => !kept.includes(target))
            .map(({ name, count }) => `${count.toLocaleString('en')} to ${name}`)
            .join(', ')}
        </span>
      </p>
      {kept.map(({ id, entity, name, state, count }) => (
        <Callout key={`${entity}/${id}`} tone="warning" live={false} className="mt-2">
          {executionsText(count)} of {entity} went to {name}, which {state === 'gone' ? 'was deleted' : 'is disabled'}: they stay failed.
        </Callout>
      ))}
      {preview.sample.length > 0 && (
        <>
          <p className="mt-3 mb-1 text-meta font-medium text-fg-3">The newest of them</p>
          <ul className="border-t border-line">
            {preview.sample.map((row) => (
              <li key={row.id} className="flex min-h-8 items-center gap-2 border-b border-line text-small">
                <span className="min-w-0 flex-1 truncate">
                  <span className="font-medium">{row.automation.name}</span> <span className="text-fg-2">{row.title}</span>
                </span>
                <span className="max-sm:hidden">
                  <TargetName {...row.target} />
                </span>
                <RelativeTime at={row.finishedAt ?? row.createdAt} className="w-20 flex-none text-right text-meta text-fg-3" />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function PreviewSkeleton() {
  return (
    <div role="status" aria-label="Counting" className="grid min-h-48 content-start gap-3">
      <Skeleton className="h-6! w-40" />
      {[0, 1, 2, 3, 4].map((line) => (
        <Skeleton key={line} className="w-full" />
      ))}
    </div>
  );
}
