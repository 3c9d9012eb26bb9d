'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { automationQueries, runAutomationNow } from '#lib/client/automations.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { preselectedEvent, SAMPLE } from './preselected-event.ts';

/** A real execution on an event of choice, marked manual; then the execution opens. */
export function RunNowDialog({ automation, onClose }: { automation: AutomationView; onClose: () => void }) {
  const router = useRouter();
  const { on, scope, filter } = automation;
  const recent = useQuery(automationQueries.matches({ on, scope, filter } as Record<string, JsonValue>, 10));
  const [chosen, setChosen] = useState<string>();
  const events = recent.data?.events ?? [];
  const value = chosen ?? preselectedEvent(recent.isError ? [] : recent.data?.events);
  const missed = events.some(({ event, decision }) => event.id === value && decision.kind !== 'fire');
  const run = useMutation({
    ...runAutomationNow(useQueryClient()),
    onSuccess: ({ executionId }) => router.push(pagePaths.execution(executionId)),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Run now"
      description="Makes a real execution, marked manual. Conditions and limits are not asked."
      footer={
        <>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button
            variant="primary"
            loading={run.isPending || run.isSuccess}
            disabledReason={value === undefined ? 'Choose an event first' : undefined}
            onClick={() => run.mutate({ id: automation.id, ...(value !== SAMPLE && { eventId: value }) })}
          >
            Run now
          </Button>
        </>
      }
    >
      <Field group label="Event" error={run.error?.message} hint={recent.isError ? recent.error.message : undefined}>
        <RadioGroup
          value={value}
          onChange={setChosen}
          options={[
            ...events.map(({ event, decision }) => ({
              value: event.id,
              label: event.title,
              description: (
                <>
                  <RelativeTime at={event.at} />
                  {decision.kind === 'fire' ? ', meets the conditions' : ', does not meet the conditions'}
                </>
              ),
            })),
            { value: SAMPLE, label: 'Built-in sample', description: 'A made-up event that meets the conditions.' },
          ]}
        />
      </Field>
      {missed && (
        <Callout tone="warning" live className="mt-4">
          This event does not meet the conditions. The action is carried out all the same.
        </Callout>
      )}
    </Dialog>
  );
}
