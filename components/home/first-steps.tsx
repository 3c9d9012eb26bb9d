'use client';

import { Check, FlaskConical } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { ButtonLink } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { cn } from '#components/ui/class-names.ts';
import type { HomeView } from '#lib/contracts/home.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

const ConnectCode = dynamic(() => import('#components/runs/send-first-run.tsx').then((module) => module.ConnectCode));

/** The way to the first automation, until something has fired. */
export function FirstSteps({ view }: { view: HomeView }) {
  const { team, secret, webhook, event, automation } = view.firstSteps;
  const owner = team ?? 'my-team';
  const project = view.projects[0];
  const current = [team !== null, webhook, event, automation].indexOf(false); // its button is the primary one
  const steps: { title: string; text: string; done: boolean; body?: ReactNode }[] = [
    {
      title: 'Create the organization, an admin and a team',
      text: team ? `${team}, with you in it.` : 'Ask an admin to add you to a team.',
      done: team !== null,
    },
    {
      title: 'Add a webhook or a Slack channel',
      text: 'Where automations may send. Keep its token and signing secret as team secrets; send a test before anything depends on it.',
      done: webhook,
      body: (
        <span className="flex flex-wrap gap-2">
          {!secret && <ButtonLink href={pagePaths.teamSettings(owner, 'secrets')}>New secret</ButtonLink>}
          <ButtonLink variant={current === 1 ? 'primary' : undefined} href={pagePaths.teamSettings(owner, 'webhooks')}>
            New webhook
          </ButtonLink>
          <ButtonLink href={pagePaths.teamSettings(owner, 'slack')}>Connect Slack</ButtonLink>
        </span>
      ),
    },
    {
      title: 'Send a run or an event',
      text: 'Over HTTP, or with the unmodified Python client. The project appears with it.',
      done: event,
      body: (
        <>
          <ConnectCode entity={project?.entity ?? owner} project={project?.name ?? 'my-project'} />
          <p className="flex flex-wrap items-center gap-x-3 gap-y-2 pt-3 text-small text-fg-2">
            <ButtonLink variant={current === 2 ? 'primary' : undefined} href={pagePaths.settings()}>
              Create API key
            </ButtonLink>
            Both sign in with one.
          </p>
        </>
      ),
    },
    {
      title: 'Create an automation',
      text: 'From a starting point or from scratch; the preview shows what would have fired.',
      done: automation,
      body: (
        <ButtonLink variant={current === 3 ? 'primary' : undefined} href={pagePaths.newAutomation()}>
          Create automation
        </ButtonLink>
      ),
    },
  ];
  return (
    <div className="max-w-form pt-6">
      <h2 className="text-title font-semibold">Set up {owner}</h2>
      <p className="text-fg-2">Four steps to the first automation. Home shows what needs attention once something has fired.</p>
      <div aria-hidden="true" className="grid grid-cols-4 gap-1 pt-4">
        {steps.map(({ title, done }) => (
          <span key={title} className={cn('h-1 rounded-full', done ? 'bg-accent' : 'bg-line')} />
        ))}
      </div>
      <ol className="pt-2">
        {steps.map(({ title, text, done, body }, index) => (
          <li key={title} className="flex gap-3 border-b border-line py-4">
            <span
              className={cn(
                'grid size-5 flex-none place-items-center rounded-full border text-meta tabular-nums',
                done
                  ? 'border-accent text-accent-text'
                  : index === current
                    ? 'border-accent bg-accent text-accent-on'
                    : 'border-line-control text-fg-2',
              )}
            >
              {done ? <Check aria-label="done" className="size-3" /> : index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <p className={cn('font-medium', done && 'text-fg-2')}>{title}</p>
              <p className="text-small text-fg-2">{text}</p>
              {!done && body && <div className="pt-3">{body}</div>}
            </div>
          </li>
        ))}
      </ol>
      <Callout icon={<FlaskConical />} className="mt-5">
        Only looking? <code className="font-mono text-[12px]">npx hookline demo</code> starts on an empty data directory with a project, a
        registry and automations that really deliver.
      </Callout>
    </div>
  );
}
