'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight, Box } from 'lucide-react';
import type { ReactNode } from 'react';
import { ListSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { RunStateBadge } from '#components/runs/run-state.tsx';
import { cn } from '#components/ui/class-names.ts';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { type VersionAt, versionQueries } from '#lib/client/versions.ts';
import type { VersionDetail, VersionPlace, VersionRun } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { hrefOfVersion } from './version-href.ts';
import { VersionLink } from './version-link.tsx';

/** From left to right: what it was made from, by which run, the version and its links, and what came of it. */
export function VersionLineage({ at, view }: { at: VersionAt; view: VersionDetail }) {
  const query = useQuery(versionQueries.lineage(at));
  return (
    <QueryState query={query} what="The lineage" loading={<ListSkeleton rows={3} height={72} />}>
      {({ madeBy, madeFrom, usedBy, more }) => (
        <>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 xl:grid-cols-4">
            <Stage title="Made from" note={count(madeFrom)} empty="Nothing that you see.">
              {madeFrom.map((place) => (
                <VersionCard key={hrefOfVersion(place)} place={place} />
              ))}
            </Stage>
            <Stage title="Made by" empty="No run that you see: it came through the API, or from elsewhere.">
              {madeBy && [<RunCard key="run" run={madeBy} />]}
            </Stage>
            <Stage title="This version" empty="">
              {[<Here key="here" view={view} />]}
            </Stage>
            <Stage title="Used by" note={count(usedBy)} last empty="No run yet. A script names it to run.use_artifact().">
              {usedBy.map(({ run, made }) => (
                <RunCard key={`${run.entity}/${run.project}/${run.id}`} run={run} made={made} />
              ))}
            </Stage>
          </div>
          {more && <p className="pt-4 text-meta text-fg-3">Only the newest are shown.</p>}
        </>
      )}
    </QueryState>
  );
}

const count = (items: readonly unknown[]) => (items.length > 0 ? items.length : undefined);

interface StageProps {
  title: string;
  note?: number;
  empty: string;
  last?: boolean;
  children: ReactNode[] | null;
}

function Stage({ title, note, empty, last, children }: StageProps) {
  return (
    <section aria-label={title} className="relative min-w-0">
      <SectionHeader title={title} note={note} />
      {!last && <ArrowRight aria-hidden className="absolute top-[26px] -right-6 hidden size-4 text-fg-3 xl:block" />}
      {children && children.length > 0 ? <ul className="grid gap-2">{children}</ul> : <p className="text-small text-fg-2">{empty}</p>}
    </section>
  );
}

const CARD = 'grid min-w-0 gap-1 rounded-panel border bg-panel px-3 py-2.5 text-small';

function VersionCard({ place }: { place: VersionPlace }) {
  return (
    <li className={cn(CARD, 'border-line')}>
      <VersionLink place={place} />
      <span className="text-meta text-fg-3">{place.type}</span>
    </li>
  );
}

function RunCard({ run, made = [] }: { run: VersionRun; made?: readonly VersionPlace[] }) {
  const { entity, project, id, name, state, createdAt } = run;
  return (
    <li className={cn(CARD, 'border-line')}>
      <span className="flex min-w-0 items-center gap-2">
        <TextLink href={pagePaths.run(entity, project, id)} className="truncate">
          {name}
        </TextLink>
        <RunStateBadge state={state} />
      </span>
      <span className="text-meta text-fg-3">
        {entity}/{project}, <RelativeTime at={createdAt} />
      </span>
      {made.length > 0 && (
        <div className="grid gap-1 border-t border-line pt-1.5">
          <span className="text-meta text-fg-2">It made</span>
          {made.map((place) => (
            <VersionLink key={hrefOfVersion(place)} place={place} />
          ))}
        </div>
      )}
    </li>
  );
}

function Here({ view }: { view: VersionDetail }) {
  const { linked, source, linkedTo } = view;
  return (
    <li className={cn(CARD, 'border-accent')}>
      <span className="flex min-w-0 items-center gap-1.5 font-mono text-[12px] font-semibold">
        <Box aria-hidden className="size-3.5 flex-none text-fg-3" />
        <span className="truncate">
          {view.collection}:{view.version}
        </span>
      </span>
      <span className="text-meta text-fg-3">{view.type}</span>
      {linked && (
        <Links title="Linked from">
          {source ? <VersionLink place={source} /> : <span className="text-fg-3">a project that you do not see</span>}
        </Links>
      )}
      {linkedTo.length > 0 && (
        <Links title={linked ? 'Also linked to' : 'Linked to'}>
          {linkedTo.map((place) => (
            <VersionLink key={hrefOfVersion(place)} place={place} />
          ))}
        </Links>
      )}
    </li>
  );
}

function Links({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-1 border-t border-line pt-1.5">
      <span className="text-meta text-fg-2">{title}</span>
      {children}
    </div>
  );
}
