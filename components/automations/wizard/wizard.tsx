'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useRef, useState } from 'react';
import { FormProvider, type Path, useForm, useWatch } from 'react-hook-form';
import { FormWithPreview } from '#components/layout/form-with-preview.tsx';
import { oneOf, useAddress } from '#components/layout/use-address.ts';
import { Button } from '#components/ui/button.tsx';
import { FieldError } from '#components/ui/field.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { type Step, Stepper } from '#components/ui/stepper.tsx';
import { toast } from '#components/ui/toast.ts';
import { usePageUsed } from '#components/ui/use-page-used.ts';
import { createAutomation, updateAutomation } from '#lib/client/automations.ts';
import { ApiError } from '#lib/client/http.ts';
import type { AutomationView, RecentMatches } from '#lib/contracts/automations.ts';
import type { AutomationDraft } from '#lib/domain/automation.ts';
import type { Issue } from '#lib/errors.ts';
import { useDraft } from './draft-store.ts';
import { EventStep } from './event-step.tsx';
import { toDocument } from './form-document.ts';
import type { IssueContext } from './form-issues.ts';
import { toFieldErrors, toFormPath } from './form-paths.ts';
import type { WizardValues } from './form-values.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { PreviewEvent } from './preview-event.tsx';
import { SamplePicker } from './sample-picker.tsx';
import { furthestStep, indexOfStep, STEP_IDS, STEPS, type StepId, stepOfPath } from './steps.ts';
import { useMatches } from './use-matches.ts';
import { useRequestPreview } from './use-request-preview.ts';
import { loadRules, RulesProvider, useLoadedRules } from './use-rules.ts';
import { useSettled } from './use-settled.ts';
import { useChosenWebhook, useMe } from './wizard-form.ts';

// The later steps come with their own code; the wizard asks for it as soon as somebody is there.
const laterSteps = {
  action: () => import('./action-step.tsx').then(({ ActionStep: component }) => component),
  request: () => import('./preview-request.tsx').then(({ PreviewRequest: component }) => component),
  details: () => import('./details-step.tsx').then(({ DetailsStep: component }) => component),
  code: () => import('./preview-code.tsx').then(({ PreviewCode: component }) => component),
};
/** The action's editor is the largest part by far: it comes beside the step, not after it. */
const loadEditor = () => import('./monaco-editor.tsx');
const NONE: RecentMatches['events'] = [];
const loading = () => <SkeletonText lines={8} />;
const ActionStep = dynamic(laterSteps.action, { loading });
const PreviewRequest = dynamic(laterSteps.request, { loading });
const DetailsStep = dynamic(laterSteps.details, { loading });
const PreviewCode = dynamic(laterSteps.code, { loading });

interface WizardProps {
  initial: WizardValues;
  /** The saved one, when it is edited. */
  saved?: AutomationView;
  /** Names this form among the visitor's drafts. */
  where: string;
}

/** Three steps over one form, with a live preview beside them. */
export function Wizard({ initial, saved, where }: WizardProps) {
  const me = useMe();
  const router = useRouter();
  const client = useQueryClient();
  const opened = useRef(initial).current;
  const known = useRef<IssueContext['secrets']>(null);
  const form = useForm<WizardValues>({
    defaultValues: initial,
    mode: 'onTouched',
    shouldFocusError: false,
    resolver: async (values) => {
      const issues = await judge(values, known.current);
      return issues.length ? { values: {}, errors: toFieldErrors(issues, values) } : { values, errors: {} };
    },
  });
  const values = useWatch({ control: form.control }) as WizardValues;
  const { secrets } = useChosenWebhook(values.team, values.action.webhook);
  useEffect(() => {
    known.current = secrets;
  }, [secrets]);
  const { isDirty, errors } = form.formState;

  const [{ step: asked }, setUrl] = useAddress({ step: oneOf(STEP_IDS, 'event') }, { history: 'push', scroll: true });
  const used = usePageUsed();
  const rules = useLoadedRules(used || asked !== 'event');
  // Until there is something to judge it by, a saved one is as good as it was, and the address is believed.
  const furthest = useMemo(() => {
    if (rules) return furthestStep(rules.issuesOf(values, { secrets, nowMs: Date.now() }));
    return saved ? STEPS.length - 1 : indexOfStep(asked);
  }, [rules, values, secrets, saved, asked]);
  const index = Math.min(indexOfStep(asked), furthest);
  const step: StepId = STEPS[index]!.id;

  const [done, setDone] = useState(false);
  const draft = useDraft({ username: me.username, where, restore: (restored) => form.reset(restored, { keepDefaultValues: true }) });
  const settled = useSettled(values, 500);
  const fresh = JSON.stringify(settled) === JSON.stringify(values);
  const { save: saveDraft } = draft;
  useEffect(() => {
    if (isDirty && fresh && !done) saveDraft(settled);
  }, [settled, fresh, isDirty, done, saveDraft]);

  const matches = useMatches(values);
  const recent = (!matches.isPlaceholderData && matches.data?.events) || NONE;
  const preview = useRequestPreview(values, step !== 'event', rules, recent);

  useEffect(() => {
    if (used || asked !== 'event') for (const load of [...Object.values(laterSteps), loadEditor]) void load().catch(() => undefined);
  }, [used, asked]);

  // Fields of another step are there only after the step has changed: focus follows the paint.
  const [focusWish, setFocusWish] = useState(0);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (focusWish === 0) return;
    const alert = box.current?.querySelector('[role="alert"]');
    const wrong = box.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? alert?.parentElement?.querySelector('button, input');
    wrong?.focus();
  }, [focusWish]);

  const [refusal, setRefusal] = useState<string | null>(null);
  const create = useMutation(createAutomation(client));
  const update = useMutation(updateAutomation(client));

  const goTo = (next: StepId) => {
    setRefusal(null);
    setUrl({ step: next });
  };
  const next = async () => {
    const now = form.getValues();
    const own = (await judge(now, secrets)).filter(({ path }) => stepOfPath(path) === step);
    if (own.length === 0) return goTo(STEPS[index + 1]!.id);
    // By leaf: of a whole branch the form keeps no errors, unless its fields are registered.
    form.clearErrors();
    await form.trigger(own.map(({ path }) => toFormPath(path, now) as Path<WizardValues>));
    setFocusWish((wish) => wish + 1);
  };
  const submit = async () => {
    setRefusal(null);
    if (!(await form.trigger())) {
      setUrl({ step: STEPS[furthest]!.id });
      setFocusWish((wish) => wish + 1);
      return;
    }
    const document = toDocument(form.getValues());
    try {
      const automation = saved
        ? await update.mutateAsync({ ...changesOf(fullPatch(document, values), opened), id: saved.id })
        : await create.mutateAsync(document as AutomationDraft);
      setDone(true);
      draft.forget();
      toast.success(saved ? 'Changes saved' : 'Automation created');
      router.push(automation.href);
    } catch (error) {
      showRefusal(error);
    }
  };
  const showRefusal = (error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    const placed = error.issues.filter(({ path }) => stepOfPath(path) !== null);
    for (const issue of placed)
      form.setError(toFormPath(issue.path, form.getValues()) as Path<WizardValues>, { type: 'server', message: issue.message });
    if (placed.length < error.issues.length || placed.length === 0) setRefusal(error.message);
    const first = placed.map(({ path }) => stepOfPath(path)!).toSorted((a, b) => indexOfStep(a) - indexOfStep(b))[0];
    if (first) setUrl({ step: first });
    setFocusWish((wish) => wish + 1);
  };

  const last = index === STEPS.length - 1;
  const pending = create.isPending || update.isPending || done;
  const stepErrors = (id: StepId) => STEPS[indexOfStep(id)]!.fields.some((field) => field in errors);
  const steps: Step[] = STEPS.map(({ id, title }, at) => ({
    id,
    label: title,
    state: at === index ? 'current' : stepErrors(id) ? 'error' : at < index || (saved && at <= furthest) ? 'done' : 'todo',
    blocked: at > furthest ? `Complete ${STEPS[furthest]!.title} first` : undefined,
  }));

  return (
    <FormProvider {...form}>
      <RulesProvider value={rules}>
        <FormWithPreview
          {...previewParts()}
          footer={
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
                {saved && !last && furthest === STEPS.length - 1 && (
                  <Button onClick={() => void submit()} loading={pending}>
                    Save changes
                  </Button>
                )}
                <Button type="submit" form="automation-wizard" variant="primary" loading={pending}>
                  {last ? (saved ? 'Save changes' : 'Create automation') : 'Next step'}
                  {!last && <ArrowRight />}
                </Button>
              </span>
            </>
          }
        >
          <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pt-5.5 pb-6">
            <div className="min-w-0">
              <h1 className="text-title font-semibold wrap-anywhere">{saved ? `Edit ${saved.name}` : 'New automation'}</h1>
              <p className="min-h-5 text-meta text-fg-3">
                {draft.savedAt !== null && isDirty ? (
                  <>
                    Draft saved <RelativeTime at={draft.savedAt} />
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
          <form
            id="automation-wizard"
            ref={box}
            noValidate
            aria-label={`${STEPS[index]!.title}, step ${index + 1} of ${STEPS.length}`}
            onSubmit={(event) => {
              event.preventDefault();
              // Forms of dialogs lie outside in the page, but inside in React's tree.
              if (event.target === event.currentTarget) void (last ? submit() : next());
            }}
          >
            {step === 'event' && <EventStep templates={!saved} />}
            {step === 'action' && <ActionStep preview={preview} isNew={!saved} />}
            {step === 'details' && <DetailsStep preview={preview} matches={matches} />}
            {refusal && (
              <div className="pt-4">
                <FieldError>{refusal}</FieldError>
              </div>
            )}
          </form>
        </FormWithPreview>
        <LeaveGuard active={isDirty && !done} />
      </RulesProvider>
    </FormProvider>
  );

  function discard() {
    form.reset(initial);
    draft.forget();
    setRefusal(null);
    setUrl({ step: 'event' });
  }

  function previewParts() {
    const fired = matches.data?.summary ?? 'What would have fired';
    const request = values.action.kind === 'slack' ? 'Message and request' : 'Exact request';
    switch (step) {
      case 'event':
        return {
          previewTitle: 'What would have fired',
          previewSummary: fired,
          previewPending: matches.isFetching,
          preview: <PreviewEvent matches={matches} />,
        };
      case 'action':
        return {
          previewTitle: request,
          previewSummary: (
            <>
              {request} <span className="pl-1 font-normal text-fg-2">{preview.data?.destination?.text}</span>
            </>
          ),
          previewPending: preview.pending,
          previewEnd: values.action.kind !== 'nothing' && (
            <SamplePicker
              sample={preview.sample}
              onChange={preview.setSample}
              events={recent.map(({ event }) => event)}
              current={preview.data?.event.document}
            />
          ),
          preview: <PreviewRequest preview={preview} />,
        };
      case 'details':
        return { previewTitle: 'View as code', previewSummary: 'View as code', preview: <PreviewCode /> };
    }
  }
}

/** What is wrong with the values as they stand. Nothing is, where the rules cannot be fetched: the server has them too. */
async function judge(values: WizardValues, secrets: IssueContext['secrets']): Promise<Issue[]> {
  const rules = await loadRules().catch(() => null);
  return rules?.issuesOf(values, { secrets, nowMs: Date.now() }) ?? [];
}

/** What differs from the automation as it was opened: what somebody else changed meanwhile stays. */
function changesOf(patch: Partial<AutomationDraft>, opened: WizardValues): Partial<AutomationDraft> {
  const before = fullPatch(toDocument(opened), opened);
  const isChanged = (key: string) =>
    JSON.stringify(patch[key as keyof AutomationDraft]) !== JSON.stringify(before[key as keyof AutomationDraft]);
  return Object.fromEntries(Object.entries(patch).filter(([key]) => isChanged(key)));
}

/** Says everything: what the form left out is emptied, not kept. */
function fullPatch(document: ReturnType<typeof toDocument>, { team, action }: WizardValues): Partial<AutomationDraft> {
  return { description: '', ...document, ...(action.kind !== 'nothing' && team && { team }) } as Partial<AutomationDraft>;
}
