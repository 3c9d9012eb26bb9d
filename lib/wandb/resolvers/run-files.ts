import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  countFilesOfRun,
  createRunFiles,
  deleteFileOfRun,
  listFilesOfRun,
  type RunFile,
  runFileUrl,
} from '#lib/services/files/run-files.ts';
import { entityOrDefault } from '#lib/services/identity/default-entity.ts';
import type { RunPlace } from '#lib/services/runs/find-run.ts';
import { cursorText, isoTime, type PageArguments, pageSize, toConnection } from '../connection.ts';
import { nodeId, requireNodeId } from '../node-ids.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';

type Input<Fields> = { input: Fields };
type FilesArguments = PageArguments & { names?: (string | null)[] | null; pattern?: string | null };

function toFile(file: RunFile, ctx: WandbContext) {
  const url = runFileUrl(ctx, file);
  return {
    id: nodeId('File', file.id),
    name: file.name,
    displayName: file.name,
    url,
    directUrl: url,
    uploadHeaders: [],
    sizeBytes: file.size,
    mimetype: file.mimeType,
    updatedAt: file.uploadedAt === null ? null : isoTime(file.uploadedAt),
    md5: file.md5,
    digest: file.md5,
  };
}

async function filesOf(run: RunPlace, { names, pattern, ...page }: FilesArguments, ctx: WandbContext) {
  const limit = pageSize(page);
  const wanted = names?.filter((name) => name !== null);
  const afterName = cursorText(page);
  const files = await listFilesOfRun(
    ctx,
    run,
    { ...(wanted?.length && { names: wanted }), ...(pattern && { nameLike: pattern }) },
    { limit: limit + 1, ...(afterName !== undefined && { afterName }) },
  );
  const { edges, pageInfo } = toConnection(files, limit, ({ name }) => name);
  return {
    edges: edges.map(({ node, cursor }) => ({ node: toFile(node, ctx), cursor })),
    pageInfo,
    totalCount: () => countFilesOfRun(ctx, run),
  };
}

export const runFileResolvers: Resolvers = {
  Mutation: {
    createRunFiles: async (
      _: unknown,
      { input }: Input<{ entityName: string; projectName: string; runName: string; files: string[] }>,
      ctx,
    ) => {
      const entity = await entityOrDefault(ctx, input.entityName);
      const { run, files } = await createRunFiles(ctx, { entity, project: input.projectName, runId: input.runName }, input.files);
      return { runID: nodeId('Run', run.run.id), uploadHeaders: [], files };
    },
    markRunFilesUploaded: () => ({ success: true }),
    deleteFiles: async (_: unknown, { input }: Input<{ files: string[] }>, ctx) => {
      for (const id of input.files) {
        await nextTurn();
        ctx.requireTime();
        await deleteFileOfRun(ctx, requireNodeId('File', id));
      }
      return { success: true };
    },
  },
  Run: {
    fileCount: (run: RunPlace, _: unknown, ctx) => countFilesOfRun(ctx, run),
    files: (run: RunPlace, args: FilesArguments, ctx) => filesOf(run, args, ctx),
  },
};
