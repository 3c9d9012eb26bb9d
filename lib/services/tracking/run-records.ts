import { z } from 'zod';
import { ConsoleQuery, type ConsoleView, DownloadQuery, type RunAlertView, type RunFileView } from '#lib/contracts/run-records.ts';
import { type Page, PageQuery } from '#lib/contracts/view.ts';
import { listRunAlerts as listStoredAlerts } from '#lib/store/run-alerts.ts';
import type { Context } from '../context.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { listFilesOfRun, runFilePath } from '../files/run-files.ts';
import { instanceQuery } from '../instance-command.ts';
import { getRunAt, type RunPlace } from '../runs/find-run.ts';
import { readConsole } from '../runs/run-lines.ts';

const RunAddress = z.object({ entity: z.string(), project: z.string(), run: z.string() });

/** By path. */
export const listRunFiles = instanceQuery({
  allow: 'signed_in',
  input: RunAddress.extend(PageQuery.shape),
  run: async (ctx, { limit, after, ...address }): Promise<Page<z.output<typeof RunFileView>>> => {
    const run = await getRunAt(ctx, address);
    const afterName = parseCursor(z.string(), after);
    const rows = await listFilesOfRun(ctx, run, {}, { limit: limit + 1, ...(afterName !== undefined && { afterName }) });
    const page = toPage(rows, limit, ({ name }) => name);
    return {
      ...page,
      items: page.items.map(({ name, size, mimeType, uploadedAt }) => ({
        path: name,
        sizeBytes: size,
        mimeType,
        uploadedAt: uploadedAt!, // only files whose content is there are listed
      })),
    };
  },
});

/** Where the file's content is to be had for a minute. */
export const openRunFile = instanceQuery({
  allow: 'signed_in',
  input: RunAddress.extend(DownloadQuery.shape),
  run: async (ctx, { path, ...address }) => runFilePath(ctx, await getRunAt(ctx, address, 'download'), path),
});

/** A stretch of the log: from a line on, or the end of it. */
export const getConsole = instanceQuery({
  allow: 'signed_in',
  input: RunAddress.extend(ConsoleQuery.shape),
  run: async (ctx, { from, limit, ...address }): Promise<z.output<typeof ConsoleView>> => {
    const run = await getRunAt(ctx, address);
    const total = run.progress.consoleLines;
    const lines = await readConsole(ctx, run, from ?? Math.max(0, total - limit), limit);
    return { lines: lines.map(({ content, ...line }) => ({ ...line, text: content })), total };
  },
});

const LINES_AT_ONCE = 2000;

/** The whole log as text, line by line as it was shown. */
export const readConsoleText = instanceQuery({
  allow: 'signed_in',
  input: RunAddress,
  run: async (ctx, address) => textOf(ctx, await getRunAt(ctx, address, 'download')),
});

async function* textOf(ctx: Context, run: RunPlace): AsyncGenerator<string> {
  for (let from = 0; ; ) {
    const lines = await readConsole(ctx, run, from, LINES_AT_ONCE);
    if (lines.length === 0) return;
    yield lines.map(({ content }) => `${content}\n`).join('');
    from = lines.at(-1)!.number + 1;
  }
}

/** A channel that has not answered by then never will: the process that waited for it is gone. */
const ANSWERED_WITHIN_MS = 120_000;

/** Newest first. */
export const listRunAlerts = instanceQuery({
  allow: 'signed_in',
  input: RunAddress.extend(PageQuery.shape),
  run: async (ctx, { limit, after, ...address }): Promise<Page<z.output<typeof RunAlertView>>> => {
    const { run } = await getRunAt(ctx, address);
    const beforeId = parseCursor(z.string(), after);
    const rows = await listStoredAlerts(ctx.reader, { entityId: run.entityId, run: run.id }, { limit: limit + 1, beforeId });
    const page = toPage(rows, limit, ({ id }) => id);
    const lostBefore = ctx.now() - ANSWERED_WITHIN_MS;
    return {
      ...page,
      items: page.items.map(({ id, title, content, severity, createdAt, deliveries }) => ({
        id,
        title,
        text: content,
        severity,
        at: createdAt,
        deliveries: deliveries.map(({ targetName: channel, status, error, at }) =>
          status === 'sending' && at < lostBefore
            ? { channel, status: 'failed' as const, error: 'The server stopped before the channel had answered.', at }
            : { channel, status, error, at },
        ),
      })),
    };
  },
});
