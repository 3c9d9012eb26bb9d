'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ExecutionSign } from '#components/executions/execution-state.tsx';
import { TargetName } from '#components/executions/target-name.tsx';
import { ListSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { CopyText } from '#components/ui/copy-button.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { executionQueries } from '#lib/client/executions.ts';
import type { RunDetail } from '#lib/contracts/tracking.ts';
import type { JsonObject, JsonValue } from '#lib/domain/json.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { showValue } from './show-value.ts';

const SHOWN = 8;

/** Beside the charts: who reacted, the run's state, its config and summary. */
export function RunRail({ at, view }: { at: { entity: string; project: string; run: string }; view: RunDetail }) {
  return (
    <aside aria-label="About this run" className="grid content-start gap-5 border-line px-4 py-4 max-xl:border-t xl:border-l xl:px-5">
      <h2 className="sr-only">About this run</h2>
      <Reactions at={at} running={view.state === 'running'} />
      <section>
        <SectionHeader title="State" level={3} className="pt-0!" />
        <KeyValue
          right
          items={[
            { key: 'Last report', value: <RelativeTime at={view.updatedAt} /> },
            ...(view.finishedAt ? [{ key: 'Ended', value: <RelativeTime at={view.finishedAt} /> }] : []),
            ...(view.exitCode === null ? [] : [{ key: 'Exit code', value: view.exitCode }]),
            ...(view.group ? [{ key: 'Group', value: view.group }] : []),
            ...(view.jobType ? [{ key: 'Job type', value: view.jobType }] : []),
            ...(view.origin.host ? [{ key: 'Host', value: view.origin.host }] : []),
            ...(view.origin.program ? [{ key: 'Program', value: <span title={view.origin.program}>{view.origin.program}</span> }] : []),
            ...(view.origin.commit ? [{ key: 'Commit', value: <CopyText text={view.origin.commit.slice(0, 10)} label="commit" /> }] : []),
            { key: 'Run id', value: <CopyText text={view.id} label="run id" /> },
          ]}
        />
      </section>
      <Values title="Config" values={view.config} />
      <Values title="Summary" values={view.summary} />
      {view.notes && (
        <section>
          <SectionHeader title="Notes" level={3} className="pt-0!" />
          <p className="text-small whitespace-pre-line text-fg-2">{view.notes}</p>
        </section>
      )}
    </aside>
  );
}

function Reactions({ at, running }: { at: { entity: string; project: string; run: string }; running: boolean }) {
  const executions = useInfiniteQuery({
    ...executionQueries.ofRun(`${at.entity}/${at.project}`, at.run),
    refetchInterval: running ? 10_000 : false,
  });
  return (
    <section>
      <SectionHeader
        title="Automations that reacted"
        level={3}
        className="pt-0!"
        end={
          <TextLink className="text-small" href={pagePaths.run(at.entity, at.project, at.run, 'automations')}>
            Why, and why not
          </TextLink>
        }
      />
      <QueryState query={executions} what="The executions" loading={<ListSkeleton rows={2} height={60} />}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0) return <p className="text-small text-fg-2">None yet.</p>;
          return (
            <ul className="grid gap-3">
              {rows.map((row) => (
                <li key={row.id} className="flex gap-2 text-small">
                  <ExecutionSign execution={row} />
                  <span className="min-w-0 flex-1">
                    <span className="flex justify-between gap-2">
                      <TextLink href={pagePaths.execution(row.id)} className="truncate font-medium text-fg!">
                        {row.automation.name}
                      </TextLink>
                      <RelativeTime at={row.createdAt} className="text-meta text-fg-3" />
                    </span>
                    <span className="block text-meta text-fg-2">{row.title}</span>
                    <TargetName {...row.target} />
                  </span>
                </li>
              ))}
            </ul>
          );
        }}
      </QueryState>
    </section>
  );
}

function Values({ title, values }: { title: string; values: JsonObject }) {
  const [all, setAll] = useState(false);
  const entries = flatten(values).filter(([key]) => !key.startsWith('_'));
  if (entries.length === 0) return null;
  return (
    <section>
      <SectionHeader title={title} note={entries.length} level={3} className="pt-0!" />
      <KeyValue right mono items={(all ? entries : entries.slice(0, SHOWN)).map(([key, value]) => ({ key, value: showValue(value) }))} />
      {entries.length > SHOWN && !all && (
        <button type="button" className="mt-2 text-small text-accent-text hover:underline" onClick={() => setAll(true)}>
          Show all {entries.length}
        </button>
      )}
    </section>
  );
}

/** Nested values by dotted path, as rules address them. */
function flatten(values: JsonObject, path = ''): [string, JsonValue][] {
  return Object.entries(values).flatMap(([key, value]): [string, JsonValue][] => {
    const name = path ? `${path}.${key}` : key;
    return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
      ? flatten(value, name)
      : [[name, value]];
  });
}
