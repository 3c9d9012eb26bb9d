'use client';

import { ArrowRight } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { FormProvider } from 'react-hook-form';
import { FormWithPreview } from '#components/layout/form-with-preview.tsx';
import { Button } from '#components/ui/button.tsx';
import { FieldError } from '#components/ui/field.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { type Step, Stepper } from '#components/ui/stepper.tsx';
import { usePageUsed } from '#components/ui/use-page-used.ts';
import type { AutomationView, RecentMatches } from '#lib/contracts/automations.ts';
import { EventStep } from './event-step.tsx';
import type { WizardValues } from './form-values.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { indexOfStep, STEPS, type StepId } from './steps.ts';
import { useMatches } from './use-matches.ts';
import { useRequestPreview } from './use-request-preview.ts';
import { RulesProvider } from './use-rules.ts';
import { useWizard } from './use-wizard.ts';
import { loadLaterPreviews, previewOf } from './wizard-preview.tsx';

// The later steps come with their own code; the wizard asks for it as soon as somebody is there.
const laterSteps = {
  action: () => import('./action-step.tsx').then(({ ActionStep: component }) => component),
  details: () => import('./details-step.tsx').then(({ DetailsStep: component }) => component),
};
/** The action's editor is the largest part by far: it comes beside the step, not after it. */
const loadEditor = () => import('./monaco-editor.tsx');
const LATER = [...Object.values(laterSteps), ...Object.values(loadLaterPreviews), loadEditor];
const NONE: RecentMatches['events'] = [];
const loading = () => <SkeletonText lines={8} />;
const ActionStep = dynamic(laterSteps.action, { loading });
const DetailsStep = dynamic(laterSteps.details, { loading });

interface WizardProps {
  initial: WizardValues;
  /** The saved one, when it is edited. */
  saved?: AutomationView;
  /** Names this form among the visitor's drafts. */
  where: string;
}

/** Three steps over one form, with a live preview beside them. */
export function Wizard({ initial, saved, where }: WizardProps) {
  const used = usePageUsed();
  const wizard = useWizard({ initial, saved, where, used });
  const { form, values, step, index, rules } = wizard;
  const matches = useMatches(values);
  const recent = (!matches.isPlaceholderData && matches.data?.events) || NONE;
  const request = useRequestPreview(values, step !== 'event', rules, recent);
  const isLooking = used || step !== 'event';
  useEffect(() => {
    if (isLooking) for (const load of LATER) void load().catch(() => undefined);
  }, [isLooking]);
  const isLast = index === STEPS.length - 1;

  return (
    <FormProvider {...form}>
      <RulesProvider value={rules}>
        <FormWithPreview
          {...previewOf({ step, actionKind: values.action.kind, matches, request, recent })}
          footer={<Footer wizard={wizard} saved={saved} />}
        >
          <Header wizard={wizard} saved={saved} />
          <form
            id="automation-wizard"
            ref={wizard.box}
            noValidate
            aria-label={`${STEPS[index]!.title}, step ${index + 1} of ${STEPS.length}`}
            onSubmit={(event) => {
              event.preventDefault();
              // Forms of dialogs lie outside in the page, but inside in React's tree.
              if (event.target === event.currentTarget) void (isLast ? wizard.submit() : wizard.next());
            }}
          >
            {step === 'event' && <EventStep templates={!saved} />}
            {step === 'action' && <ActionStep preview={request} isNew={!saved} />}
            {step === 'details' && <DetailsStep preview={request} matches={matches} />}
            {wizard.refusal && (
              <div className="pt-4">
                <FieldError>{wizard.refusal}</FieldError>
              </div>
            )}
          </form>
        </FormWithPreview>
        <LeaveGuard active={wizard.isDirty && !wizard.done} />
      </RulesProvider>
    </FormProvider>
  );
}

type PartProps = { wizard: ReturnType<typeof useWizard>; saved: AutomationView | undefined };

function Header({ wizard: { errors, index, furthest, savedAt, goTo }, saved }: PartProps) {
  const isWrong = (id: StepId) => STEPS[indexOfStep(id)]!.fields.some((field) => field in errors);
  const steps: Step[] = STEPS.map(({ id, title }, at) => ({
    id,
    label: title,
    state: at === index ? 'current' : isWrong(id) ? 'error' : at < index || (saved && at <= furthest) ? 'done' : 'todo',
    blocked: at > furthest ? `Complete ${STEPS[furthest]!.title} first` : undefined,
  }));
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pt-5.5 pb-6">
      <div className="min-w-0">
        <h1 className="text-title font-semibold wrap-anywhere">{saved ? `Edit ${saved.name}` : 'New automation'}</h1>
        <p className="min-h-5 text-meta text-fg-3">
          {savedAt !== null ? (
            <>
              Draft saved <RelativeTime at={savedAt} />
            </>
          ) : saved ? (
            'Changes apply to events from now on.'
          ) : (
            'Three steps. Nothing is sent before you create it.'
          )}
        </p>
      </div>
      <div className="pt-1 max-sm:w-full">
        <Stepper label="Steps" steps={steps} onSelect={(id) => goTo(id as StepId)} />
      </div>
    </header>
  );
}

function Footer({ wizard: { isDirty, index, furthest, pending, goTo, submit, discard }, saved }: PartProps) {
  const router = useRouter();
  const isLast = index === STEPS.length - 1;
  return (
    <>
      {isDirty ? (
        <Button variant="ghost" className="-ml-3" onClick={discard}>
          {saved ? 'Discard changes' : 'Discard draft'}
        </Button>
      ) : (
        <Button variant="ghost" className="-ml-3" onClick={() => router.back()}>
          Cancel
        </Button>
      )}
      <span className="ml-auto flex items-center gap-2">
        {index > 0 && <Button onClick={() => goTo(STEPS[index - 1]!.id)}>Back</Button>}
        {saved && !isLast && furthest === STEPS.length - 1 && (
          <Button onClick={() => void submit()} loading={pending}>
            Save changes
          </Button>
        )}
        <Button type="submit" form="automation-wizard" variant="primary" loading={pending}>
          {isLast ? (saved ? 'Save changes' : 'Create automation') : 'Next step'}
          {!isLast && <ArrowRight />}
        </Button>
      </span>
    </>
  );
}
