import { AutomationDocument, type AutomationDraft } from './automation.ts';
import { viewAsCode } from './code-views.ts';
import { EVENT_TYPES } from './event-types.ts';
import { presetFor } from './presets.ts';
import type { ScopeDocument } from './scope.ts';
import { USE_CASES, type UseCase } from './use-cases.ts';

const CONTEXT = { publicUrl: 'http://localhost:3000', organization: 'acme-org', team: 'acme', collectionType: 'dataset' };
const WEBHOOK = 'deploy-hook';
const CHANNEL = 'ml-alerts';

/** Where each makes sense; the others listen in a project. */
const SCOPES: Record<string, ScopeDocument> = {
  'new-model': { registry: 'model' },
  'deploy-on-alias': { registry: 'model' },
  'sync-registry': { registry: 'model' },
  'validate-linked': { registry: 'model' },
  'new-dataset': { collection: 'acme/vision/lidar' },
};

/** A use case as a document that can be posted: with a place and a target of the example team. */
export function documentOfUseCase({ id, start, action, message, preset }: UseCase): AutomationDraft {
  const scope = SCOPES[id] ?? { project: 'acme/vision' };
  const team = 'registry' in scope ? { team: 'acme' } : {};
  const slack = { slack: CHANNEL, ...message };
  return { ...start, scope, ...team, action: action === 'slack' ? slack : { webhook: WEBHOOK, payload: payloadOf(preset!, start.on) } };
}

/** As JSON where it is: placeholders that stand for values make it a text. */
function payloadOf(preset: NonNullable<UseCase['preset']>, on: UseCase['start']['on']) {
  const { template } = presetFor(preset, on);
  try {
    return JSON.parse(template);
  } catch {
    return template.trimEnd();
  }
}

const fenced = (language: string, text: string) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

function chapter(useCase: UseCase): string {
  const { title, sentence, start, action } = useCase;
  const document = AutomationDocument.parse(documentOfUseCase(useCase));
  const python = viewAsCode('python', document, CONTEXT);
  const cannot = /^# The wandb client cannot make this automation: ([^.]*)\./.exec(python.replaceAll('\n# and', ' and'));
  const target = action === 'slack' ? `the Slack channel \`${CHANNEL}\`` : `the webhook \`${WEBHOOK}\``;
  return [
    `## ${title}`,
    sentence,
    `**By clicking.** *Automations → Create automation → Start from a template → ${title}*. The event is "${EVENT_TYPES[start.on].label}"; choose where it listens and finish the condition, then ${target}, then *Create automation*.`,
    '**As a document**, for `POST /api/v1/automations` (without `kind`) and exports:',
    fenced('yaml', viewAsCode('yaml', document, CONTEXT)),
    ...(cannot
      ? [`**From Python.** The client cannot say it: ${cannot[1]!.replaceAll('\n', ' ')}. Post the document.`]
      : ['**From Python**, with the stock client:', fenced('python', python)]),
  ].join('\n\n');
}

/** docs/use-cases.md, from the same table that the wizard's templates come from. */
export const useCasesGuide = (): string =>
  [
    '# Use cases',
    'What teams come for, three ways each. All of them are templates of the wizard, and a test posts each document below, sends what it waits for and looks at the request that arrives (`lib/api/use-cases.test.ts`). Team, project and targets are examples.',
    ...USE_CASES.map(chapter),
  ]
    .join('\n\n')
    .concat('\n');
