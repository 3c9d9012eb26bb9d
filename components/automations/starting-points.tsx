import { BellRing, Rocket, TrendingDown } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ButtonLink } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { FilterBar } from '#components/ui/filter-chip.tsx';
import type { ScopeDocument } from '#lib/domain/scope.ts';
import { newAutomationHref } from './new-automation-href.ts';

const POINTS = [
  {
    start: 'deploy-on-alias',
    icon: <Rocket />,
    title: 'Deploy on an alias',
    text: 'When production is put on a model version, call your deployment’s webhook.',
  },
  {
    start: 'alert-on-loss',
    icon: <TrendingDown />,
    title: 'Alert on a metric',
    text: 'When a run’s loss or accuracy crosses a limit, tell the channel.',
  },
  {
    start: 'notify-failed-run',
    icon: <BellRing />,
    title: 'Notify on a failed run',
    text: 'When a run fails or crashes, say so where people look.',
  },
] as const;

/** The empty state: one sentence, three ways to begin, and the same from a script. */
export function StartingPoints({ scope, mayCreate, toolbar }: { scope?: ScopeDocument; mayCreate: boolean; toolbar?: ReactNode }) {
  return (
    <>
      {toolbar && <FilterBar label="View">{toolbar}</FilterBar>}
      <section className="mx-auto grid max-w-[760px] gap-6 py-8">
        <div>
          <h2 className="text-lead font-semibold">No automations yet</h2>
          <p className="text-fg-2">
            When something happens here and your conditions hold, an automation calls a webhook or posts to Slack.
          </p>
        </div>
        {mayCreate ? (
          <>
            <ul className="grid gap-3 sm:grid-cols-3">
              {POINTS.map(({ start, icon, title, text }) => (
                <li key={start}>
                  <Link
                    href={newAutomationHref(scope, start)}
                    className="grid h-full content-start gap-1 rounded-panel border border-line p-4 hover:border-line-strong hover:bg-hover"
                  >
                    <span className="text-accent-text">{icon}</span>
                    <span className="font-medium">{title}</span>
                    <span className="text-small text-fg-2">{text}</span>
                  </Link>
                </li>
              ))}
            </ul>
            <div>
              <ButtonLink variant="primary" href={newAutomationHref(scope)}>
                Create automation
              </ButtonLink>
            </div>
            <CodeBlock language="python" label="The same from a script" title="From a script" text={script(scope)} />
          </>
        ) : (
          <p className="text-fg-2">Members and admins create them.</p>
        )}
      </section>
    </>
  );
}

function script(scope: ScopeDocument | undefined): string {
  const [entity, project] = scope && 'project' in scope ? scope.project.split('/') : ['my-team', 'my-project'];
  return `import wandb
from wandb.automations import OnRunState, RunEvent, SendWebhook

api = wandb.Api()
project = api.project("${project}", entity="${entity}")
webhook = next(api.webhook_integrations(entity="${entity}"))

event = OnRunState(scope=project, filter=RunEvent.state == "failed")
api.create_automation(event >> SendWebhook.from_integration(webhook), name="Failed runs")`;
}
