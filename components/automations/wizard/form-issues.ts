import { AutomationDocument } from '#lib/domain/automation.ts';
import { checkAutomation } from '#lib/domain/check-automation.ts';
import { checkTemplate, type PayloadCheck } from '#lib/domain/check-template.ts';
import type { Filter } from '#lib/domain/filter.ts';
import { ACCESS_TOKEN } from '#lib/domain/fixed-names.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { sampleFor } from '#lib/domain/sample-event.ts';
import { MAX_PAYLOAD_BYTES } from '#lib/domain/template.ts';
import { valuesFor } from '#lib/domain/template-variables.ts';
import type { Issue } from '#lib/errors.ts';
import { toDocument } from './form-document.ts';
import type { WizardValues } from './form-values.ts';

/** What the payload may name: from the chosen webhook and its team; empty while they load. */
export type SecretNames = Pick<PayloadCheck, 'grantedSecrets' | 'existingSecrets'>;
/** While it is unknown what the webhook may use, no secret is called unknown. */
export type IssueContext = { secrets: SecretNames | null; nowMs: number };

const Trigger = AutomationDocument.pick({ on: true, scope: true, filter: true });
const Details = AutomationDocument.pick({
  name: true,
  description: true,
  enabled: true,
  cooldownSeconds: true,
  maxFiringsPerMinute: true,
  retry: true,
});

const MISSING_SCOPE: Record<WizardValues['scope']['kind'], string> = {
  project: 'Choose a project.',
  collection: 'Choose a project and a collection.',
  matching: 'Choose a project or registry.',
  registry: 'Choose a registry.',
  registryCollection: 'Choose a registry and a collection.',
  team: 'Choose a team.',
  organization: 'Choose an organization.',
};

/** Everything that keeps the values from being saved, by the document's paths. The domain's own schema and rules say what is wrong. */
export function issuesOf(values: WizardValues, context: IssueContext): Issue[] {
  return [...triggerIssues(values, context.nowMs), ...actionIssues(values, context), ...detailIssues(values)];
}

function triggerIssues(values: WizardValues, nowMs: number): Issue[] {
  const { scope, on, filter } = toDocument(values);
  const issues: Issue[] = [];
  if (!scope) issues.push({ path: ['scope', 'name'], message: MISSING_SCOPE[values.scope.kind] });
  if (values.scope.kind === 'matching' && !values.filter.collection)
    issues.push({ path: ['filter', 'collection'], message: 'Give the pattern that collections’ names must match.' });
  const candidate = { on, filter, scope: scope ?? { project: 'any/any' } };
  const parsed = Trigger.safeParse(candidate);
  if (!parsed.success) return [...issues, ...parsed.error.issues.map(toIssue)];
  const checked = checkAutomation(parsed.data, nowMs);
  return [...issues, ...(scope ? checked : checked.filter(({ path }) => path[0] !== 'scope'))];
}

function actionIssues(values: WizardValues, { secrets }: IssueContext): Issue[] {
  const { kind, webhook, slack, payload, title, text } = values.action;
  if (kind === 'nothing') return [];
  const issues: Issue[] = [];
  if (!values.team) issues.push({ path: ['team'], message: 'Choose the team whose integration is used.' });
  if (kind === 'slack') {
    if (!slack) issues.push({ path: ['action', 'slack'], message: 'Choose a Slack channel.' });
    if (title.length > 4096) issues.push({ path: ['action', 'title'], message: 'A title has at most 4,096 characters.' });
    if (text.length > 16_384) issues.push({ path: ['action', 'text'], message: 'A text has at most 16,384 characters.' });
    return issues;
  }
  if (!webhook) issues.push({ path: ['action', 'webhook'], message: 'Choose a webhook.' });
  if (!payload.trim()) return issues;
  if (payload.length > MAX_PAYLOAD_BYTES) return [...issues, { path: ['action', 'payload'], message: 'A payload has at most 256 KiB.' }];
  const error = payloadProblems(values, secrets).find(({ severity }) => severity === 'error');
  return error ? [...issues, { path: ['action', 'payload'], message: `Line ${error.line}: ${error.message}` }] : issues;
}

/** What is wrong with the payload, in the order of its text, by the values of a built-in sample or of the one chosen. */
export function payloadProblems(values: WizardValues, secrets: SecretNames | null, sampleValues = builtInValues(values)) {
  const problems = checkTemplate(values.action.payload, {
    on: values.on,
    grantedSecrets: secrets?.grantedSecrets ?? [ACCESS_TOKEN],
    existingSecrets: secrets?.existingSecrets ?? [],
    sampleValues,
    sampleIsShown: true,
  });
  return secrets ? problems : problems.filter(({ code }) => code !== 'unknown' && code !== 'not_granted');
}

/** The variables' values of a built-in sample event that meets the conditions, as far as a sample can. */
export function builtInValues(values: WizardValues, publicUrl = ''): Record<string, JsonValue> {
  const { filter } = toDocument(values) as { filter: Filter };
  const conditions = Trigger.shape.filter.safeParse(filter);
  const { event, evidence } = sampleFor(values.on, { filter: conditions.success ? conditions.data : {}, publicUrl });
  return valuesFor(event, {
    automation: { id: 1, name: values.name || 'This automation', on: values.on, filter: conditions.success ? conditions.data : {} },
    executionId: 'exe_sample',
    publicUrl,
    evidence,
  });
}

function detailIssues(values: WizardValues): Issue[] {
  const document = toDocument(values);
  const { name, description, enabled, cooldownSeconds, maxFiringsPerMinute, retry } = document;
  const parsed = Details.safeParse({
    name,
    ...(description !== undefined && { description }),
    enabled,
    cooldownSeconds,
    maxFiringsPerMinute,
    retry,
  });
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) =>
    issue.code === 'invalid_type' && issue.path[0] !== 'name'
      ? { path: [issue.path[0] as string], message: 'Give a whole number.' }
      : toIssue(issue),
  );
}

const toIssue = ({ path, message }: { path: PropertyKey[]; message: string }): Issue => ({ path: path as Issue['path'], message });
