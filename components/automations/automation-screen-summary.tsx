'use client';

import { TargetName } from '#components/executions/target-name.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { AutomationView } from '#lib/contracts/automations.ts';
import { describeFilter, describeInFull } from '#lib/domain/describe.ts';
import { durationWords } from '#lib/domain/rule-words.ts';
import { Words } from './words.tsx';

const TARGET_STATES = {
  ok: 'Ready',
  disabled: 'Disabled: firings are skipped until it is enabled',
  paused: 'Paused because it keeps failing; executions wait',
  gone: 'Deleted: firings are skipped',
};

/** The rule in a sentence, its conditions and limits, and what keeps it from working. */
export function AutomationSummary({ automation }: { automation: AutomationView }) {
  const { problem, target, filter, on, description, cooldownSeconds, maxFiringsPerMinute, retry } = automation;
  const conditions = describeFilter(on, filter);
  const tries = retry.delaysSeconds.length;
  return (
    <>
      {problem && <Callout tone="warning">{problem}</Callout>}
      <Panel padded>
        <p className="text-base leading-6 text-fg-2">
          <Words words={describeInFull(automation)} />
        </p>
        {description && <p className="pt-2 whitespace-pre-wrap">{description}</p>}
        <KeyValue
          className="pt-4"
          items={[
            ...(conditions.length
              ? [
                  {
                    key: 'Conditions',
                    value: (
                      <ul>
                        {conditions.map((words) => (
                          <li key={words.map(({ text }) => text).join('')} className="whitespace-normal wrap-anywhere">
                            <Words words={words} />
                          </li>
                        ))}
                      </ul>
                    ),
                  },
                ]
              : []),
            ...(target
              ? [
                  {
                    key: 'Target',
                    value: (
                      <span className="flex flex-wrap items-center gap-x-2 whitespace-normal">
                        <TargetName kind={target.kind} name={target.name} />
                        <span className="text-fg-3">
                          {target.team}
                          {target.host ? ` · ${target.host}` : ''}
                        </span>
                        <span className={target.state === 'ok' ? 'text-success-text' : 'text-warning-text'}>
                          {TARGET_STATES[target.state]}
                        </span>
                      </span>
                    ),
                  },
                  {
                    key: 'Retries',
                    value:
                      tries === 1
                        ? 'One try'
                        : `${tries} tries over ${durationWords(retry.delaysSeconds.reduce((sum, delay) => sum + delay, 0))}`,
                  },
                ]
              : []),
            {
              key: 'Limits',
              value: (
                <span className="whitespace-normal">
                  {cooldownSeconds ? `Cooldown ${durationWords(cooldownSeconds)}` : 'No cooldown'}, at most{' '}
                  {maxFiringsPerMinute.toLocaleString('en')} firings a minute
                </span>
              ),
            },
          ]}
        />
      </Panel>
    </>
  );
}
