import { z } from 'zod';
import { RunArtifactPage, RunArtifactsQuery } from '#lib/contracts/lineage.ts';
import { ConsoleQuery, ConsoleView, DownloadQuery, RunAlertPage, RunFilePage } from '#lib/contracts/run-records.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import { listRunArtifacts } from '#lib/services/tracking/lineage.ts';
import { getConsole, listRunAlerts, listRunFiles, openRunFile, readConsoleText } from '#lib/services/tracking/run-records.ts';
import { defineRoute, type Route } from '../route.ts';

const Run = z.object({ entity: z.string(), project: z.string(), run: z.string() });
const RUN = '/api/v1/projects/{entity}/{project}/runs/{run}';

/** What a run leaves behind besides its metrics. */
export const runRecordRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: `${RUN}/files`,
    summary: 'Lists a run’s files, by path.',
    params: Run,
    query: PageQuery,
    response: RunFilePage,
    handle: ({ ctx, params, query }) => listRunFiles(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'GET',
    path: `${RUN}/download`,
    summary: 'Leads to the content of one of a run’s files: ?path=output.log.',
    params: Run,
    query: DownloadQuery,
    redirect: true,
    handle: ({ ctx, params, query }) => openRunFile(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'GET',
    path: `${RUN}/console`,
    summary: 'Answers lines of a run’s console log: from a number on, or without it the last ones.',
    params: Run,
    query: ConsoleQuery,
    response: ConsoleView,
    handle: ({ ctx, params, query }) => getConsole(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'GET',
    path: `${RUN}/console.log`,
    summary: 'Answers a run’s whole console log as text.',
    params: Run,
    stream: 'text/plain; charset=utf-8',
    handle: async ({ ctx, params, headers }) => {
      const text = await readConsoleText(ctx, params);
      headers['content-disposition'] = 'attachment; filename="console.log"';
      return text;
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${RUN}/alerts`,
    summary: 'Lists what a run’s script raised with run.alert(), newest first, and where each was posted.',
    params: Run,
    query: PageQuery,
    response: RunAlertPage,
    handle: ({ ctx, params, query }) => listRunAlerts(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'GET',
    path: `${RUN}/artifacts`,
    summary: 'Lists the versions that a run made or used, oldest first.',
    params: Run,
    query: RunArtifactsQuery,
    response: RunArtifactPage,
    handle: ({ ctx, params, query }) => listRunArtifacts(ctx, { ...params, ...query }),
  }),
];
