import { z } from 'zod';
import { Moment, pageOf } from './view.ts';

/** A file of a run; `…/download?path=` leads to its content. */
export const RunFileView = z.object({
  path: z.string(),
  sizeBytes: z.number(),
  mimeType: z.string().nullable(),
  uploadedAt: Moment,
});
export type RunFileView = z.infer<typeof RunFileView>;
export const RunFilePage = pageOf(RunFileView);

/** `?path=weights/model.pt`. */
export const DownloadQuery = z.object({ path: z.string().min(1, 'Name the file.').max(1024) });

/** Lines from a number on; without `from` the last ones. */
export const ConsoleQuery = z.object({
  from: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(2000).default(500),
});
export const ConsoleLineView = z.object({
  /** Its place in the log, from 0; a progress bar writes its line again and again. */
  number: z.number(),
  at: Moment.nullable(),
  level: z.string().nullable(),
  /** The node or process that wrote it, where several share a run. */
  label: z.string().nullable(),
  text: z.string(),
});
export type ConsoleLineView = z.infer<typeof ConsoleLineView>;
export const ConsoleView = z.object({ lines: z.array(ConsoleLineView), total: z.number() });
export type ConsoleView = z.infer<typeof ConsoleView>;

/** What a script said of its run, and where that was posted. No deliveries: no channel received run alerts then. */
export const RunAlertView = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  severity: z.enum(['info', 'warn', 'error']),
  at: Moment,
  deliveries: z.array(
    z.object({
      channel: z.string(),
      status: z.enum(['sending', 'delivered', 'failed', 'skipped']),
      /** Why not, in a sentence. */
      error: z.string().nullable(),
      at: Moment,
    }),
  ),
});
export type RunAlertView = z.infer<typeof RunAlertView>;
export const RunAlertPage = pageOf(RunAlertView);
