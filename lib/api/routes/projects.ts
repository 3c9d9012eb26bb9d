import { z } from 'zod';
import {
  FiringMarks,
  ProjectBody,
  ProjectPatch,
  ProjectView,
  RunDetail,
  RunStateName,
  RunView,
  SeriesList,
  SeriesQuery,
} from '#lib/contracts/tracking.ts';
import { Empty, ForceQuery, PageQuery, pageOf } from '#lib/contracts/view.ts';
import { createProject, deleteProject, getProject, listProjects, updateProject } from '#lib/services/tracking/projects.ts';
import { listFirings } from '#lib/services/tracking/run-firings.ts';
import { getRun, getSeries, listRuns, stopRun } from '#lib/services/tracking/runs.ts';
import { defineRoute, type Route } from '../route.ts';

const Project = z.object({ entity: z.string(), project: z.string() });
const Run = Project.extend({ run: z.string() });
const PROJECT = '/api/v1/projects/{entity}/{project}';

export const projectRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/projects',
    summary: 'Lists the projects of one entity, or all that you can see, by name.',
    query: PageQuery.extend({ entity: z.string().optional() }),
    response: pageOf(ProjectView),
    handle: ({ ctx, query }) => listProjects(ctx, query),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/projects',
    summary: 'Makes a project. One also comes into being with its first event or run.',
    body: ProjectBody,
    response: ProjectView,
    status: 201,
    handle: ({ ctx, body }) => createProject(ctx, body),
  }),
  defineRoute({
    method: 'GET',
    path: PROJECT,
    summary: 'Answers one project with its counts.',
    params: Project,
    response: ProjectView,
    handle: ({ ctx, params }) => getProject(ctx, params),
  }),
  defineRoute({
    method: 'PATCH',
    path: PROJECT,
    summary: 'Renames a project or changes its description.',
    params: Project,
    body: ProjectPatch,
    response: ProjectView,
    handle: ({ ctx, params, body }) => updateProject(ctx, { ...params, ...body }),
  }),
  defineRoute({
    method: 'DELETE',
    path: PROJECT,
    summary: 'Deletes a project with its runs, artifacts, files and automations.',
    params: Project,
    query: ForceQuery,
    status: 204,
    handle: ({ ctx, params, query }) => deleteProject(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'GET',
    path: `${PROJECT}/runs`,
    summary: 'Lists a project’s runs, newest first.',
    params: Project,
    query: PageQuery.extend({ q: z.string().max(256).optional(), state: RunStateName.optional() }),
    response: pageOf(RunView),
    handle: ({ ctx, params, query }) => listRuns(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'GET',
    path: `${PROJECT}/runs/{run}`,
    summary: 'Answers one run with its config and the names of its metrics.',
    params: Run,
    response: RunDetail,
    handle: ({ ctx, params }) => getRun(ctx, params),
  }),
  defineRoute({
    method: 'GET',
    path: `${PROJECT}/runs/{run}/series`,
    summary: 'Answers values of some metrics over steps, thinned for a chart: ?metric=a&metric=b&points=1000.',
    params: Run,
    query: SeriesQuery,
    response: SeriesList,
    handle: ({ ctx, params, query }) => getSeries(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'GET',
    path: `${PROJECT}/runs/{run}/firings`,
    summary: 'Lists which automations fired on a run and at which step, and the limits that watch its metrics.',
    params: Run,
    response: FiringMarks,
    handle: ({ ctx, params }) => listFirings(ctx, params),
  }),
  defineRoute({
    method: 'POST',
    path: `${PROJECT}/runs/{run}/stop`,
    summary: 'Asks a running run to stop.',
    params: Run,
    body: Empty,
    status: 204,
    handle: ({ ctx, params }) => stopRun(ctx, params),
  }),
];
