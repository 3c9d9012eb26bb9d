import type { Severity } from '#lib/domain/automation.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { RunState } from '#lib/domain/tracked-event.ts';
import { invalid } from '#lib/errors.ts';
import { entityOrDefault } from '#lib/services/identity/default-entity.ts';
import type { ProjectPlace } from '#lib/services/places/find-place.ts';
import { mayIn, personOf } from '#lib/services/places/visible-projects.ts';
import { alertRun } from '#lib/services/runs/alert-run.ts';
import { deleteRunByNumber, rewindRun, stopRunByNumber, updateRunState } from '#lib/services/runs/change-run.ts';
import { findRunIn, type RunPlace } from '#lib/services/runs/find-run.ts';
import { countMatchingRuns, queryRuns } from '#lib/services/runs/query-runs.ts';
import { type RunDraft, upsertRun } from '#lib/services/runs/upsert-run.ts';
import { cursorNumber, isoTime, type PageArguments, pageSize, parseFilters, toCursorText } from '../connection.ts';
import { nodeId, requireNodeId } from '../node-ids.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';
import { configText, ownText, parseConfig, parseSummary } from '../run-config.ts';

type Input<Fields> = { input: Fields };
type UpsertBucketInput = {
  [field in
    | 'id'
    | 'name'
    | 'groupName'
    | 'modelName'
    | 'entityName'
    | 'description'
    | 'displayName'
    | 'notes'
    | 'config'
    | 'commit'
    | 'host'
    | 'jobProgram'
    | 'jobRepo'
    | 'jobType'
    | 'state'
    | 'sweep'
    | 'summaryMetrics']?: string | null;
} & { tags?: string[] | null };

type AlertInput = {
  entityName: string;
  projectName: string;
  runName: string;
  title: string;
  text: string;
  severity?: 'INFO' | 'WARN' | 'ERROR' | null;
  /** In milliseconds, whatever the scalar's name says. */
  waitDuration?: number | string | null;
};

const DEFAULT_PROJECT = 'uncategorized';
const STATES: readonly string[] = ['pending', 'running', 'finished', 'failed', 'crashed', 'killed', 'preempting', 'preempted'];

function toState(text: string): RunState {
  if (!STATES.includes(text)) throw invalid(`"${text}" is no state of a run. There are: ${STATES.join(', ')}.`);
  return text as RunState;
}

/** Only what is said: null leaves a field as it is. */
function toDraft(input: UpsertBucketInput): RunDraft {
  const given = <Key extends keyof UpsertBucketInput, Name extends string>(key: Key, name: Name) =>
    (input[key] === null || input[key] === undefined ? {} : { [name]: input[key] }) as Partial<
      Record<Name, NonNullable<UpsertBucketInput[Key]>>
    >;
  const config = input.config ? parseConfig(input.config) : undefined;
  const details: JsonObject = {
    ...given('description', 'description'),
    ...given('commit', 'commit'),
    ...given('host', 'host'),
    ...given('jobProgram', 'program'),
    ...given('jobRepo', 'repo'),
    ...given('sweep', 'sweep'),
    ...(config?.own && { client: config.own }),
  };
  return {
    ...given('displayName', 'name'),
    ...given('groupName', 'group'),
    ...given('jobType', 'jobType'),
    ...given('notes', 'notes'),
    ...given('tags', 'tags'),
    ...(input.state && { state: toState(input.state) }),
    ...(config && { config: config.config }),
    ...(input.summaryMetrics && { summary: parseSummary(input.summaryMetrics) }),
    ...(Object.keys(details).length > 0 && { details }),
  };
}

async function upsertBucket({ input }: Input<UpsertBucketInput>, ctx: WandbContext) {
  const address = input.id
    ? { number: requireNodeId('Run', input.id) }
    : {
        entity: await entityOrDefault(ctx, input.entityName),
        project: input.modelName || DEFAULT_PROJECT,
        runId: input.name ?? '',
      };
  const { run, inserted } = await upsertRun(ctx, address, toDraft(input));
  return { bucket: run, inserted };
}

async function runsOf(
  at: ProjectPlace,
  { filters, order, ...page }: PageArguments & { filters?: string | null; order?: string | null },
  ctx: WandbContext,
) {
  const afterRun = cursorNumber(page);
  const { runs, hasMore } = await queryRuns(ctx, at, {
    filters: parseFilters(filters),
    order: order ?? '',
    limit: pageSize(page),
    ...(afterRun !== undefined && { afterRun }),
  });
  const edges = runs.map((node) => ({ node, cursor: toCursorText(node.run.id) }));
  return { edges, pageInfo: { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: hasMore } };
}

const detail = ({ run }: RunPlace, name: string) => {
  const value = run.details[name];
  return typeof value === 'string' ? value : null;
};
const ownOf = ({ run }: RunPlace) => run.details.client as JsonObject | undefined;

/** The parent of a Run is a RunPlace. */
export const runResolvers: Resolvers = {
  Mutation: {
    upsertBucket: (_: unknown, args: Input<UpsertBucketInput>, ctx) => upsertBucket(args, ctx),
    rewindRun: async (
      _: unknown,
      { input }: Input<{ runName: string; entityName?: string; projectName?: string; metricName: string; metricValue: number }>,
      ctx,
    ) => {
      if (input.metricName !== '_step') throw invalid('A run can be rewound to a "_step" only.');
      const entity = await entityOrDefault(ctx, input.entityName);
      const address = { entity, project: input.projectName || DEFAULT_PROJECT, runId: input.runName };
      return { rewoundRun: await rewindRun(ctx, address, input.metricValue) };
    },
    deleteRun: async (_: unknown, { input }: Input<{ id: string; deleteArtifacts?: boolean | null }>, ctx) => {
      await deleteRunByNumber(ctx, requireNodeId('Run', input.id), { withArtifacts: input.deleteArtifacts ?? false });
      return {};
    },
    stopRun: async (_: unknown, { input }: Input<{ id: string }>, ctx) => {
      await stopRunByNumber(ctx, requireNodeId('Run', input.id));
      return { success: true };
    },
    updateRunState: async (_: unknown, { input }: Input<{ id: string; state: string }>, ctx) => {
      await updateRunState(ctx, requireNodeId('Run', input.id), toState(input.state.toLowerCase()));
      return { success: true };
    },
    notifyScriptableRunAlert: async (_: unknown, { input }: Input<AlertInput>, ctx) => {
      const address = { entity: input.entityName, project: input.projectName, runId: input.runName };
      const severity = (input.severity ?? 'INFO').toLowerCase() as Severity;
      await alertRun(ctx, address, { title: input.title, text: input.text, severity, waitMs: Number(input.waitDuration ?? 0) });
      return { success: true };
    },
  },
  Project: {
    run: (at: ProjectPlace, { name }: { name: string }, ctx) => findRunIn(ctx, at, name),
    bucket: (at: ProjectPlace, { name }: { name: string }, ctx) => findRunIn(ctx, at, name),
    runs: (at: ProjectPlace, args: PageArguments, ctx) => runsOf(at, args, ctx),
    runCount: (at: ProjectPlace, { filters }: { filters?: string }, ctx) => countMatchingRuns(ctx, at, parseFilters(filters)),
  },
  Run: {
    id: ({ run }: RunPlace) => nodeId('Run', run.id),
    name: ({ run }: RunPlace) => run.runId,
    projectId: ({ run }: RunPlace) => run.projectId,
    project: ({ at }: RunPlace) => at,
    displayName: ({ run }: RunPlace) => run.name,
    description: (place: RunPlace) => detail(place, 'description'),
    notes: ({ run }: RunPlace) => run.notes || null,
    state: ({ run }: RunPlace) => run.state,
    stopped: ({ run }: RunPlace) => run.stopRequested,
    config: (place: RunPlace) => configText(place.run.config, ownOf(place)),
    wandbConfig: (place: RunPlace, { keys }: { keys?: string[] | null }) => ownText(ownOf(place), keys),
    summaryMetrics: ({ progress }: RunPlace) => JSON.stringify(progress.summary),
    tags: ({ run }: RunPlace) => run.tags,
    group: ({ run }: RunPlace) => run.group,
    jobType: ({ run }: RunPlace) => run.jobType,
    commit: (place: RunPlace) => detail(place, 'commit'),
    sweepName: (place: RunPlace) => detail(place, 'sweep'),
    readOnly: async ({ at }: RunPlace, _: unknown, ctx) => !(await mayIn(ctx, at.guarded, 'events:write')),
    createdAt: ({ run }: RunPlace) => isoTime(run.createdAt),
    heartbeatAt: ({ progress }: RunPlace) => isoTime(progress.heartbeatAt),
    user: ({ run }: RunPlace, _: unknown, ctx) => personOf(ctx, run.userId),
    historyLineCount: ({ progress }: RunPlace) => progress.historyLines,
    eventsLineCount: ({ progress }: RunPlace) => progress.systemLines,
    logLineCount: ({ progress }: RunPlace) => progress.consoleLines,
    historyTail: ({ progress }: RunPlace) => progress.historyTail ?? '[]',
    eventsTail: ({ progress }: RunPlace) => progress.systemTail ?? '[]',
  },
};
