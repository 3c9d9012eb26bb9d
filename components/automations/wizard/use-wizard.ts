import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Path, useForm, useWatch } from 'react-hook-form';
import { oneOf, useAddress } from '#components/layout/use-address.ts';
import { toast } from '#components/ui/toast.ts';
import { createAutomation, updateAutomation } from '#lib/client/automations.ts';
import { ApiError, messageOf } from '#lib/client/http.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';
import type { AutomationDraft } from '#lib/domain/automation.ts';
import type { Issue } from '#lib/errors.ts';
import { useDraft } from './draft-store.ts';
import { toDocument } from './form-document.ts';
import type { IssueContext } from './form-issues.ts';
import { toFieldErrors, toFormPath } from './form-paths.ts';
import type { WizardValues } from './form-values.ts';
import { changesSince } from './saved-changes.ts';
import { furthestStep, indexOfStep, STEP_IDS, STEPS, type StepId, stepOfPath } from './steps.ts';
import { loadRules, useLoadedRules } from './use-rules.ts';
import { useSettled } from './use-settled.ts';
import { useChosenWebhook, useMe } from './wizard-form.ts';

interface WizardOptions {
  initial: WizardValues;
  /** The saved one, when it is edited. */
  saved: AutomationView | undefined;
  /** Names this form among the visitor's drafts. */
  where: string;
  /** Whether somebody is there: the rules are fetched then. */
  used: boolean;
}

/** The wizard's form and where it stands: what its steps hold, which may be gone to, what is kept as a draft, and how it is sent. */
export function useWizard({ initial, saved, where, used }: WizardOptions) {
  const { form, values, secrets } = useWizardForm(initial);
  const { isDirty, errors } = form.formState;
  const [{ step: asked }, setUrl] = useAddress({ step: oneOf(STEP_IDS, 'event') }, { history: 'push', scroll: true });
  const rules = useLoadedRules(used || asked !== 'event');
  // Until there is something to judge it by, a saved one is as good as it was, and the address is believed.
  const furthest = useMemo(() => {
    if (rules) return furthestStep(rules.issuesOf(values, { secrets, nowMs: Date.now() }));
    return saved ? STEPS.length - 1 : indexOfStep(asked);
  }, [rules, values, secrets, saved, asked]);
  const index = Math.min(indexOfStep(asked), furthest);
  const step: StepId = STEPS[index]!.id;

  const [done, setDone] = useState(false);
  const draft = useKeptDraft({ form, values, where, wanted: isDirty && !done });
  const { box, focusWrong } = useFocusOnWrong();
  const [refusal, setRefusal] = useState<string | null>(null);
  const send = useSend(initial, saved);

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
    focusWrong();
  };
  const submit = async () => {
    setRefusal(null);
    if (!(await form.trigger())) {
      setUrl({ step: STEPS[furthest]!.id });
      focusWrong();
      return;
    }
    try {
      await send.run(form.getValues(), () => {
        setDone(true);
        draft.forget();
      });
    } catch (error) {
      showRefusal(error);
    }
  };
  const showRefusal = (error: unknown) => {
    const issues = error instanceof ApiError ? error.issues : [];
    const placed = issues.filter(({ path }) => stepOfPath(path) !== null);
    for (const issue of placed)
      form.setError(toFormPath(issue.path, form.getValues()) as Path<WizardValues>, { type: 'server', message: issue.message });
    if (placed.length < issues.length || placed.length === 0) setRefusal(messageOf(error));
    const first = placed.map(({ path }) => stepOfPath(path)!).toSorted((a, b) => indexOfStep(a) - indexOfStep(b))[0];
    if (first) setUrl({ step: first });
    focusWrong();
  };
  const discard = () => {
    form.reset(initial);
    draft.forget();
    goTo('event');
  };
  const pending = send.pending || done;
  const savedAt = isDirty ? draft.savedAt : null;
  return { form, values, errors, isDirty, done, rules, step, index, furthest, box, refusal, pending, savedAt, goTo, next, submit, discard };
}

function useWizardForm(initial: WizardValues) {
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
  return { form, values, secrets };
}

/** What is wrong with the values as they stand. Nothing is, where the rules cannot be fetched: the server has them too. */
async function judge(values: WizardValues, secrets: IssueContext['secrets']): Promise<Issue[]> {
  const rules = await loadRules().catch(() => null);
  return rules?.issuesOf(values, { secrets, nowMs: Date.now() }) ?? [];
}

interface KeptDraftOptions {
  form: ReturnType<typeof useWizardForm>['form'];
  values: WizardValues;
  where: string;
  wanted: boolean;
}

/** Kept in this browser as soon as nobody types, while it is wanted. */
function useKeptDraft({ form, values, where, wanted }: KeptDraftOptions) {
  const { username } = useMe();
  const draft = useDraft({ username, where, restore: (restored) => form.reset(restored, { keepDefaultValues: true }) });
  const settled = useSettled(values, 500);
  const fresh = JSON.stringify(settled) === JSON.stringify(values);
  const { save } = draft;
  useEffect(() => {
    if (wanted && fresh) save(settled);
  }, [settled, fresh, wanted, save]);
  return draft;
}

/** Fields of another step are there only after the step has changed: focus follows the paint. */
function useFocusOnWrong() {
  const [wish, setWish] = useState(0);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (wish === 0) return;
    const alert = box.current?.querySelector('[role="alert"]');
    const wrong = box.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? alert?.parentElement?.querySelector('button, input');
    wrong?.focus();
  }, [wish]);
  return { box, focusWrong: () => setWish((before) => before + 1) };
}

/** Creates the automation or saves what was changed of it, and leads to it. */
function useSend(initial: WizardValues, saved: AutomationView | undefined) {
  const router = useRouter();
  const client = useQueryClient();
  const opened = useRef(initial).current;
  const create = useMutation(createAutomation(client));
  const update = useMutation(updateAutomation(client));
  const run = async (values: WizardValues, onSent: () => void) => {
    const automation = saved
      ? await update.mutateAsync({ ...changesSince(opened, values), id: saved.id })
      : await create.mutateAsync(toDocument(values) as AutomationDraft);
    onSent();
    toast.success(saved ? 'Changes saved' : 'Automation created');
    router.push(automation.href);
  };
  return { run, pending: create.isPending || update.isPending };
}
