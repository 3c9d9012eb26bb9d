import type { z } from 'zod';
import type { Automation } from './automation.ts';
import { Filter } from './filter.ts';
import { DEFAULT_DELAYS_SECONDS } from './retry.ts';
import type { Place } from './scope.ts';
import type { ArtifactFacts, EventOf, MetricLine, RunFacts, TrackedEvent } from './tracked-event.ts';

/** Whole objects for tests, of which a test names only what it is about. */

export const vision: Place = {
  entityId: 1,
  entity: 'acme',
  organizationEntityId: 9,
  organization: 'acme-org',
  projectId: 10,
  project: 'vision',
  isRegistry: false,
};

export function anAutomation({ filter, ...some }: Partial<Omit<Automation, 'filter'>> & { filter?: z.input<typeof Filter> }): Automation {
  return {
    entityId: 1,
    id: 17,
    name: 'Good enough',
    description: '',
    enabled: true,
    scope: { kind: 'project', entityId: 1, projectId: 10 },
    on: 'run.metric_threshold',
    filter: Filter.parse(filter ?? {}),
    action: { kind: 'webhook', target: { entityId: 1, targetId: 3 }, template: null, templateForm: 'json' },
    cooldownSeconds: 0,
    maxFiringsPerMinute: 60,
    retry: { delaysSeconds: [...DEFAULT_DELAYS_SECONDS] },
    createdById: 1,
    createdAt: 0,
    updatedAt: 0,
    ...some,
  };
}

export const aRun = (some: Partial<RunFacts> = {}): RunFacts => ({
  id: 100,
  runId: 'r1',
  name: 'swift-fox-12',
  user: 'ana',
  state: 'running',
  tags: ['baseline', 'a100'],
  group: 'g1',
  jobType: 'train',
  config: { lr: 0.1, model: { depth: 50 } },
  summary: { acc: 0.9 },
  createdAt: Date.UTC(2026, 10, 21, 2),
  durationSeconds: 3600,
  ...some,
});

export const anArtifact = (some: Partial<ArtifactFacts> = {}): ArtifactFacts => ({
  id: 5,
  collection: 'detector',
  type: 'model',
  versionIndex: 3,
  aliases: ['latest', 'candidate'],
  tags: ['eu'],
  metadata: {},
  ...some,
});

const base = { id: 'evt_1', at: 1000, receivedAt: 1000, author: 'ana', reportedBy: null };

/** An event in acme/vision; what is not given is as in the examples above. */
export function anEvent<Event extends Partial<TrackedEvent> & Pick<TrackedEvent, 'type'>>(some: Event): TrackedEvent {
  const collection = { id: 7, name: 'detector', type: 'model', tags: [] };
  return {
    ...base,
    place: vision,
    run: aRun(),
    artifact: anArtifact(),
    collection,
    previousState: null,
    ...some,
  } as unknown as TrackedEvent;
}

export const aMetricEvent = (lines: MetricLine[], some: Partial<EventOf<'run.metrics'>> = {}): EventOf<'run.metrics'> => ({
  ...base,
  place: vision,
  type: 'run.metrics',
  run: aRun(),
  firstLine: 0,
  lines,
  ...some,
});
