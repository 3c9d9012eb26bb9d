import { notFound } from '#lib/errors.ts';
import { inTransaction } from '#lib/store/connect.ts';
import {
  countRunFiles,
  deleteRunFile,
  findRunFileByName,
  findRunFileByNumber,
  listRunFiles,
  openRunFiles,
  type RunFile,
  type RunFileFilter,
} from '#lib/store/run-files.ts';
import { requirePermission } from '../access.ts';
import { writeAudit } from '../audit/write-audit.ts';
import { within } from '../command.ts';
import type { Context } from '../context.ts';
import { getProjectPlace } from '../places/find-place.ts';
import { findRunIn, getRunByNumber, type RunPlace } from '../runs/find-run.ts';
import { downloadPath, downloadUrl, uploadUrl } from './file-objects.ts';
import { requireFileName } from './require-file-name.ts';

export type { RunFile };

const keyOf = ({ run }: RunPlace) => ({ entityId: run.entityId, run: run.id });
const objectOf = ({ entityId, id }: RunFile) => ({ kind: 'run_file', entityId, id }) as const;

/** Where to upload files of a run; a file that is there already is written anew. */
export async function createRunFiles(
  ctx: Context,
  { entity, project, runId }: { entity: string; project: string; runId: string },
  names: readonly string[],
): Promise<{ run: RunPlace; files: { name: string; uploadUrl: string }[] }> {
  const at = await getProjectPlace(ctx, entity, project);
  await requirePermission(ctx.db, ctx.actor, 'events:write', at.guarded);
  for (const name of names) requireFileName(name);
  const run = await findRunIn(ctx, at, runId);
  if (!run) throw notFound(`The run "${entity}/${project}/${runId}"`);
  const opened = await inTransaction(ctx.db, (tx) => openRunFiles(tx, keyOf(run), names, ctx.now()));
  return { run, files: names.map((name) => ({ name, uploadUrl: uploadUrl(ctx.files, objectOf(opened.get(name)!), name, ctx.now()) })) };
}

/** The reader of a run may list its files; `afterName` begins the next page. */
export const listFilesOfRun = ({ reader }: Context, run: RunPlace, filter: RunFileFilter, page: { limit: number; afterName?: string }) =>
  listRunFiles(reader, keyOf(run), filter, page);

export const countFilesOfRun = ({ reader }: Context, run: RunPlace) => countRunFiles(reader, keyOf(run));

/** A link that needs no key; null where the actor may see the file but not have it. */
export const runFileUrl = ({ files, now }: Context, file: RunFile) => downloadUrl(files, objectOf(file), file.name, now());

/** Where a browser finds the file of that name, for a minute. */
export async function runFilePath(ctx: Context, run: RunPlace, name: string): Promise<string> {
  const file = await findRunFileByName(ctx.reader, keyOf(run), name);
  if (!file || file.uploadedAt === null) throw notFound(`The file "${name}"`);
  return downloadPath(ctx.files, objectOf(file), file.name, ctx.now());
}

/** By its number; a file that is gone already is no fault. */
export async function deleteFileOfRun(ctx: Context, number: number): Promise<void> {
  const file = await findRunFileByNumber(ctx.reader, number);
  if (!file) return;
  const deleted = await inTransaction(ctx.db, async (tx) => {
    const inside = within(ctx, tx);
    const { at, run } = await getRunByNumber(inside, file.run, 'events:write');
    if (!(await deleteRunFile(tx, file.entityId, file.id))) return false;
    const target = `${at.entity.name}/${at.project.name}/${run.runId}/${file.name}`;
    await writeAudit(inside, at.entity.id, { what: 'run_file.deleted', target });
    return true;
  });
  if (deleted) await ctx.files.store.delete(file.storageKey);
}
