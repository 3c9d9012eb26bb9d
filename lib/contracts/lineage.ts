import { z } from 'zod';
import { VersionPlace, VersionRun } from './tracking.ts';
import { Moment, PageQuery, pageOf } from './view.ts';

/** A file of a version; `…/download?path=` leads to its content. */
export const VersionFileView = z.object({
  path: z.string(),
  sizeBytes: z.number(),
  /** MD5 in base64; of a reference what its storage calls it. */
  digest: z.string(),
  /** Where its content lies instead, when it is not here. */
  reference: z.string().nullable(),
});
export type VersionFileView = z.infer<typeof VersionFileView>;
export const VersionFilePage = pageOf(VersionFileView);

/** What a version came from and what came of it: of runs and versions that you see. */
export const LineageView = z.object({
  madeBy: VersionRun.nullable(),
  /** What that run used. */
  madeFrom: z.array(VersionPlace),
  /** Runs that used it, newest first, with what each made. */
  usedBy: z.array(z.object({ run: VersionRun, made: z.array(VersionPlace) })),
  /** Not everything is listed. */
  more: z.boolean(),
});
export type LineageView = z.infer<typeof LineageView>;

/** `?role=made` or `?role=used`. */
export const RunArtifactsQuery = PageQuery.extend({ role: z.enum(['made', 'used'], 'Ask for ?role=made or ?role=used.') });
export const RunArtifactView = VersionPlace.extend({
  aliases: z.array(z.string()),
  sizeBytes: z.number(),
  createdAt: Moment,
});
export type RunArtifactView = z.infer<typeof RunArtifactView>;
export const RunArtifactPage = pageOf(RunArtifactView);
