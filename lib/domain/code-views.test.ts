import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { AutomationDocument, type AutomationDraft } from './automation.ts';
import { CODE_LANGUAGES } from './code-languages.ts';
import { viewAsCode } from './code-views.ts';
import { USE_CASES } from './use-cases.ts';

const CONTEXT = { publicUrl: 'https://hl.acme.example', organization: 'acme-org' };
const documentOf = (draft: Partial<AutomationDraft>) =>
  AutomationDocument.parse({
    name: 'Validation loss is good enough',
    scope: { project: 'acme/vision' },
    on: 'run.metric_threshold',
    filter: { metric: { name: 'val/loss', aggregate: 'average', window: 5, is: 'below', threshold: 0.3 } },
    action: {
      webhook: 'deploy-hook',
      payload: { event_type: 'metric-threshold', client_payload: { run: '${run_name}', ok: true, none: null } },
    },
    ...draft,
  });
const python = (draft: Partial<AutomationDraft>) => viewAsCode('python', documentOf(draft), CONTEXT);

describe('Python', () => {
  test('a metric automation as the client writes it', () => {
    const filter = {
      metric: { name: 'val/loss', aggregate: 'average', window: 5, is: 'below', threshold: 0.3 },
      run: { name: '^[a-z]+-\\d+$' },
    } as const;
    expect(python({ filter, description: 'Promote a "baseline".' })).toBe(`import wandb
from wandb.automations import OnRunMetric, RunEvent, SendWebhook

api = wandb.Api(overrides={"base_url": "https://hl.acme.example"})
hook = next(h for h in api.webhook_integrations(entity="acme") if h.name == "deploy-hook")

event = OnRunMetric(
    scope=api.project("vision", entity="acme"),
    filter=RunEvent.metric("val/loss").avg(5).lt(0.3)
    & RunEvent.name.matches_regex("^[a-z]+-\\\\d+$"),
)
action = SendWebhook.from_integration(hook, payload={
    "event_type": "metric-threshold",
    "client_payload": {
        "run": "\${run_name}",
        "ok": True,
        "none": None,
    },
})

api.create_automation(
    event >> action,
    name="Validation loss is good enough",
    description="Promote a \\"baseline\\".",
    enabled=True,
)
`);
  });

  test.each<[Partial<AutomationDraft>, string]>([
    [{ scope: { registry: 'model' } }, 'api.project("wandb-registry-model", entity="acme-org")'],
    [{ scope: { registry: 'other-org/model' } }, 'api.project("wandb-registry-model", entity="other-org")'],
    [{ scope: { registryCollection: 'model/fraud' } }, 'api.artifact_collection("model", "acme-org/wandb-registry-model/fraud")'],
    [{ scope: { collection: 'acme/vision/detector' } }, 'api.artifact_collection("model", "acme/vision/detector")'],
    [{ scope: { team: 'acme' } }, 'api.team("acme")'],
    [{ scope: { organization: 'acme-org' } }, 'api.organization("acme-org")'],
  ])('the scope %j', (draft, expected) => {
    expect(python({ ...draft, on: 'artifact.alias_added', filter: { alias: '^production$' } })).toContain(
      `scope=${expected},\n    filter=ArtifactEvent.alias.eq("production")`,
    );
  });

  test.each<[AutomationDraft['filter'], AutomationDraft['on'], string]>([
    [
      { change: { name: 'm', aggregate: 'average', window: 5, by: 'decrease', amount: 0.1 } },
      'run.metric_change',
      'RunEvent.metric("m").avg(5).decreases_by(frac=0.1)',
    ],
    [{ change: { name: 'm', measure: 'absolute', by: 'any', amount: 2 } }, 'run.metric_change', 'RunEvent.metric("m").changes_by(diff=2)'],
    [
      { change: { name: 'm', aggregate: 'max', window: 5, priorWindow: 9, by: 'increase', amount: 0.1 } },
      'run.metric_change',
      'prior_window=9',
    ],
    [{ zscore: { name: 'm', direction: 'below', threshold: 2.5 } }, 'run.metric_zscore', 'RunEvent.metric("m").zscore(30).lt(-2.5)'],
    [{ zscore: { name: 'm' } }, 'run.metric_zscore', 'RunEvent.metric("m").zscore(30).abs().gt(3)'],
    [{ states: ['failed'] }, 'run.state', 'RunEvent.state.in_(["failed"])'],
  ])('the filter %j', (filter, on, expected) => {
    expect(python({ filter, on })).toContain(expected);
  });

  test('what the client cannot say goes through REST, with the reason', () => {
    expect(python({ filter: { metric: { name: 'loss', is: 'nan_or_infinite' } } })).toMatch(
      /^# The wandb client cannot make this automation: it cannot compare with "nan_or_infinite"\. The REST API can\.\nimport os/,
    );
    expect(python({ on: 'artifact.created', filter: { collection: '^a$' } })).toContain(
      '# The wandb client cannot make this automation: its OnCreateArtifact takes one collection only,\n# and it has no condition on the collection.',
    );
  });

  test('settings that the client has no field for are named', () => {
    expect(python({ cooldownSeconds: 60, retry: { delaysSeconds: [0] } })).toContain(
      '# The client has no field for: cooldown, retry schedule.',
    );
  });

  test('a template that is no JSON object travels in the form that the server knows', () => {
    expect(python({ action: { webhook: 'h', payload: '{"v": ${metric_value}}' } })).toContain(
      'payload={"__template__": "{\\"v\\": ${metric_value}}"}',
    );
    expect(python({ action: { webhook: 'h', payload: '{"v": "${metric_value}"}' } })).toContain('payload={"v": "${metric_value}"}');
  });
});

test('the YAML reads back as the same document', () => {
  for (const draft of [
    {},
    { cooldownSeconds: 5, description: 'a: b\n- c' },
    { action: { webhook: 'h', payload: '{\n  "v": ${metric_value}\n}\n' } },
  ]) {
    const document = documentOf(draft);
    const { kind, ...read } = parse(viewAsCode('yaml', document, CONTEXT));
    expect(kind).toBe('automation');
    expect(AutomationDocument.parse(read)).toEqual(document);
  }
});

test('curl sends the document from a quoted here-document, so that the shell changes nothing', () => {
  const code = viewAsCode('curl', documentOf({ name: "it's $HOME `x`" }), CONTEXT);
  const [head, body] = code.split("<<'END'\n");
  expect(head).toContain('"Authorization: Bearer $HOOKLINE_API_KEY"');
  expect(AutomationDocument.parse(JSON.parse(body!.replace(/\nEND\n$/, '')))).toEqual(documentOf({ name: "it's $HOME `x`" }));
});

test('every starting point makes a valid document with code in every language', () => {
  expect(USE_CASES).toHaveLength(15);
  for (const { start, action, message } of USE_CASES) {
    const document = documentOf({ ...start, action: action === 'slack' ? { slack: 'ml-alerts', ...message } : { webhook: 'h' } });
    for (const language of CODE_LANGUAGES) expect(viewAsCode(language, document, CONTEXT).length).toBeGreaterThan(100);
  }
});
