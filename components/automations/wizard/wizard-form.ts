import { useQuery } from '@tanstack/react-query';
import { createContext, use, useMemo } from 'react';
import { get, useFormContext, useFormState, useWatch } from 'react-hook-form';
import { integrationQueries } from '#lib/client/integrations.ts';
import type { WebhookView } from '#lib/contracts/integrations.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { ACCESS_TOKEN } from '#lib/domain/fixed-names.ts';
import { scopeOf } from './form-document.ts';
import type { SecretNames } from './form-issues.ts';
import { suggestionScope } from './form-paths.ts';
import type { WizardValues } from './form-values.ts';

/** Who fills in the form; given once by the wizard. */
const MeContext = createContext<MeView | null>(null);
export const MeProvider = MeContext.Provider;
export const useMe = () => use(MeContext)!;

export const useWizardForm = () => useFormContext<WizardValues>();

/** All values as they stand. */
export function useValues(): WizardValues {
  const { control } = useWizardForm();
  return useWatch({ control }) as WizardValues;
}

/** The message at a field, by its path in the form. */
export function useProblem(path: string): string | undefined {
  const { control } = useWizardForm();
  const { errors } = useFormState({ control });
  return (get(errors, path) as { message?: string } | undefined)?.message;
}

/** `project:acme/vision`, for completions; null while no place is chosen. */
export function useSuggestionScope(): string | null {
  const { control } = useWizardForm();
  return suggestionScope(scopeOf(useWatch({ control, name: 'scope' })));
}

/** The chosen webhook and the names its payload may use. Null while they load. */
export function useChosenWebhook(team: string, name: string): { webhook: WebhookView | null; secrets: SecretNames | null } {
  const webhooks = useQuery({ ...integrationQueries.webhooks(team), enabled: team !== '' }).data?.items;
  const existing = useQuery({ ...integrationQueries.secrets(team), enabled: team !== '' }).data?.items;
  const webhook = webhooks?.find((one) => one.name === name) ?? null;
  const secrets = useMemo(() => {
    if (!existing) return null;
    const existingSecrets = existing.map((secret) => secret.name);
    // Without a webhook every secret of the team may still turn out to be granted.
    if (!webhook) return { grantedSecrets: [ACCESS_TOKEN, ...existingSecrets], existingSecrets };
    return { grantedSecrets: [...webhook.payloadSecrets, ...(webhook.accessTokenSecret ? [ACCESS_TOKEN] : [])], existingSecrets };
  }, [webhook, existing]);
  return { webhook, secrets };
}
