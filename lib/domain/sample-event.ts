import type { MetricEvidence } from './decision.ts';
import type { AutomationEvent } from './event-types.ts';
import type { Filter } from './filter.ts';
import { REGISTRY_PROJECT_PREFIX } from './fixed-names.ts';
import { pagePaths } from './page-paths.ts';
import { bareText } from './pattern-text.ts';
import { sampleEvidence } from './sample-evidence.ts';
import type { Place } from './scope.ts';
import type { ArtifactFacts, CollectionFacts, MetricLine, RunFacts, RunState, ScheduleSummary, TrackedEvent } from './tracked-event.ts';

export type SampleOptions = {
  /** The automation's own conditions: the sample is an event that meets them, as far as a sample can. */
  filter?: Filter;
  /** Where it happens; acme/vision, and the registry model of acme-org for links. */
  place?: Place;
  at?: number;
  publicUrl?: string;
};

export type Sample = { event: TrackedEvent; evidence?: MetricEvidence };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SAMPLE_AT = Date.UTC(2026, 10, 21, 4, 10, 7);

const PROJECT: Place = {
  entityId: 1,
  entity: 'acme',
  organizationEntityId: 2,
  organization: 'acme-org',
  projectId: 1,
  project: 'vision',
  isRegistry: false,
};
const REGISTRY: Place = {
  ...PROJECT,
  entityId: 2,
  entity: 'acme-org',
  projectId: 2,
  project: `${REGISTRY_PROJECT_PREFIX}model`,
  isRegistry: true,
};

/** A believable event of this kind, for payloads that are written before the first real one; metric events with what they were judged by. */
export function sampleFor(on: AutomationEvent, options: SampleOptions = {}): Sample {
  const { filter = {}, at = SAMPLE_AT } = options;
  const place = options.place ?? (on === 'artifact.linked' || on === 'artifact.unlinked' ? REGISTRY : PROJECT);
  const common = { id: 'evt_01kajf3c7v9m2q4r8s6t0w1x5y', at, receivedAt: at, author: filter.run?.user ?? 'ana', reportedBy: null, place };
  const run = (state: RunState = 'running') => sampleRun(filter, state, at);
  const only = (event: TrackedEvent): Sample => ({ event });

  switch (on) {
    case 'artifact.created':
      return only({ ...common, type: on, artifact: sampleArtifact(filter, place, ['latest', 'candidate']) });
    case 'artifact.linked':
    case 'artifact.unlinked':
      return only({ ...common, type: on, artifact: sampleArtifact(filter, place, ['latest', 'staging']) });
    case 'artifact.alias_added': {
      const alias = bareText(filter.alias) ?? 'production';
      return only({ ...common, type: on, artifact: sampleArtifact(filter, place, ['latest', alias]), alias });
    }
    case 'artifact.tag_added':
    case 'artifact.tag_removed':
      return only({ ...common, type: on, artifact: sampleArtifact(filter, place, ['latest']), tag: bareText(filter.tag) ?? 'validated' });
    case 'collection.tag_added':
    case 'collection.tag_removed':
      return only({ ...common, type: on, collection: sampleCollection(filter), tag: bareText(filter.tag) ?? 'eu' });
    case 'run.metric_threshold':
    case 'run.metric_change':
    case 'run.metric_zscore': {
      const evidence = sampleEvidence(on, filter);
      const lines = sampleLines(evidence);
      const summary = { ...run().summary, [evidence.metric]: evidence.value };
      const event: TrackedEvent = {
        ...common,
        type: 'run.metrics',
        run: { ...run(), summary },
        firstLine: evidence.line - lines.length + 1,
        lines,
      };
      return { event, evidence };
    }
    case 'run.state': {
      const state = filter.states?.[0] ?? 'finished';
      return only({ ...common, type: on, run: run(state), previousState: state === 'running' ? 'pending' : 'running' });
    }
    case 'run.silent': {
      const silentMinutes = filter.silentMinutes ?? 10;
      return only({ ...common, type: on, run: run(), lastValueAt: at - silentMinutes * MINUTE, silentMinutes });
    }
    case 'schedule': {
      const plannedAt = Math.floor(at / MINUTE) * MINUTE;
      return only({ ...common, author: null, type: on, plannedAt, missed: 0, summary: sampleSummary(place, plannedAt, options.publicUrl) });
    }
  }
}

function sampleArtifact(filter: Filter, place: Place, aliases: string[]): ArtifactFacts {
  const collection = bareText(filter.collection) ?? place.collection ?? 'detector';
  const wanted = [bareText(filter.alias), ...aliases].filter((alias): alias is string => alias !== undefined);
  return {
    id: 517_889_887,
    collection,
    type: 'model',
    versionIndex: place.isRegistry ? 3 : 12,
    aliases: [...new Set(wanted)],
    tags: [bareText(filter.tag) ?? 'eu'],
    metadata: { accuracy: 0.913, 'val/mAP': 0.631, framework: 'pytorch', image_size: [640, 640] },
    ...(place.isRegistry && { source: { entity: 'acme', project: 'vision', collection: 'detector', versionIndex: 12 } }),
  };
}

function sampleCollection(filter: Filter): CollectionFacts {
  return { id: 31, name: bareText(filter.collection) ?? 'detector', type: 'model', tags: [bareText(filter.tag) ?? 'eu', 'road-scenes'] };
}

function sampleRun({ run: wanted = {} }: Filter, state: RunState, at: number): RunFacts {
  const durationSeconds = Math.max(wanted.minDurationSeconds ?? 0, 10_740);
  return {
    id: 4417,
    runId: '8kq2vt1m',
    name: bareText(wanted.name) ?? 'swift-fox-12',
    user: wanted.user ?? 'ana',
    state,
    tags: wanted.tags ?? ['baseline', 'a100'],
    group: wanted.group ?? 'baseline',
    jobType: wanted.jobType ?? 'train',
    config: { lr: 0.0003, batch_size: 32, backbone: 'resnet50', ...wanted.config },
    summary: { 'val/loss': 0.2963, 'val/mAP': 0.631, epoch: 42 },
    createdAt: at - durationSeconds * 1000,
    durationSeconds,
  };
}

/** The newest values of the window as the run logged them, one every 250 steps. */
function sampleLines({ metric, step, value, windows }: MetricEvidence): MetricLine[] {
  const logged = windows.current.length ? windows.current.slice(-5) : [value];
  return logged.map((logged, index, all) => ({ step: step - (all.length - 1 - index) * 250, values: { [metric]: logged } }));
}

function sampleSummary(place: Place, plannedAt: number, publicUrl = 'http://localhost:3000'): ScheduleSummary {
  const run = (id: string, name: string, user: string, state: RunState, hours: number, loss: number) => ({
    id,
    name,
    user,
    state,
    url: publicUrl + pagePaths.run(place.entity, place.project, id),
    durationSeconds: hours * 3600,
    summary: { 'val/loss': loss },
  });
  const runs = [
    run('8kq2vt1m', 'swift-fox-12', 'ana', 'finished', 3, 0.2963),
    run('2mw7xc4p', 'amber-owl-7', 'jonas', 'finished', 5, 0.3412),
    run('q9d1hz6r', 'calm-lynx-4', 'mei', 'running', 1, 0.4127),
    run('7ytn5b0k', 'pale-marten-9', 'priya', 'failed', 2, 0.5581),
  ];
  return {
    from: new Date(plannedAt - DAY).toISOString(),
    to: new Date(plannedAt).toISOString(),
    total: runs.length,
    states: { finished: 2, running: 1, failed: 1 },
    runs,
    truncated: false,
  };
}
