import { z } from 'zod';
import type { VersionFileView } from '#lib/contracts/lineage.ts';
import { DownloadQuery } from '#lib/contracts/run-records.ts';
import { type Page, PageQuery } from '#lib/contracts/view.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { listFilesOf } from '../artifacts/list-artifacts.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { downloadPath } from '../files/file-objects.ts';
import { instanceQuery } from '../instance-command.ts';
import { requirePlace } from '../places/find-place.ts';
import { getMembership, VersionAddress } from './versions.ts';

/** By path. */
export const listVersionFiles = instanceQuery({
  allow: 'signed_in',
  input: VersionAddress.extend(PageQuery.shape),
  run: async (ctx, { limit, after, ...address }): Promise<Page<z.output<typeof VersionFileView>>> => {
    const place = await requirePlace(ctx, 'see', address.place);
    const { version } = await getMembership(ctx.reader, place, address);
    const afterPath = parseCursor(z.string(), after);
    const rows = await listFilesOf(ctx, version, undefined, { limit: limit + 1, ...(afterPath !== undefined && { afterPath }) });
    const page = toPage(rows, limit, ({ path }) => path);
    return { ...page, items: page.items.map(({ path, size, digest, ref }) => ({ path, sizeBytes: size, digest, reference: ref })) };
  },
});

/** Where the file's content is to be had for a minute. */
export const openVersionFile = instanceQuery({
  allow: 'signed_in',
  input: VersionAddress.extend(DownloadQuery.shape),
  run: async (ctx, { path, ...address }): Promise<string> => {
    const place = await requirePlace(ctx, 'download', address.place);
    const { version } = await getMembership(ctx.reader, place, address);
    const [entry] = await listFilesOf(ctx, version, [path], { limit: 1 });
    if (!entry) throw notFound(`The file "${path}"`);
    if (entry.ref !== null) throw conflict(`The content of "${path}" is not here: it lies at ${entry.ref}.`);
    const content = { kind: 'content', entityId: version.entityId, versionId: version.id, digest: entry.digest } as const;
    return downloadPath(ctx.files, content, path, ctx.now());
  },
});
