import { z } from 'zod';
import { type LineageView, RunArtifactsQuery, type RunArtifactView } from '#lib/contracts/lineage.ts';
import type { VersionPlace } from '#lib/contracts/tracking.ts';
import type { Page } from '#lib/contracts/view.ts';
import type { Version } from '#lib/domain/artifact.ts';
import { listAliases } from '#lib/store/collection-versions.ts';
import { inputsOf, makerOf, outputsOf, usersOf } from '../artifacts/list-artifacts.ts';
import { type Standing, type VersionPlaces, versionPlaces } from '../artifacts/version-places.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { requirePlace } from '../places/find-place.ts';
import { getRunAt } from '../runs/find-run.ts';
import { toVersionPlace, toVersionRun } from './version-view.ts';
import { getMembership, VersionAddress } from './versions.ts';

const USERS = 50;
const OF_A_RUN = 20;

/** What a version came from, and what came of it. */
export const getLineage = instanceQuery({
  allow: 'signed_in',
  input: VersionAddress,
  run: async (ctx, address): Promise<z.output<typeof LineageView>> => {
    const place = await requirePlace(ctx, 'see', address.place);
    const { version } = await getMembership(ctx.reader, place, address);
    const placesOf = versionPlaces(ctx);
    const maker = await makerOf(ctx, version);
    const inputs = maker ? await inputsOf(ctx, maker, { limit: OF_A_RUN + 1 }) : [];
    const users = await usersOf(ctx, version, { newest: USERS + 1 });
    let more = inputs.length > OF_A_RUN || users.length > USERS;
    const usedBy = [];
    for (const user of users.slice(0, USERS)) {
      const outputs = await outputsOf(ctx, user, { limit: OF_A_RUN + 1 });
      more ||= outputs.length > OF_A_RUN;
      usedBy.push({ run: toVersionRun(user), made: await toPlaces(placesOf, outputs.slice(0, OF_A_RUN)) });
    }
    return { madeBy: maker && toVersionRun(maker), madeFrom: await toPlaces(placesOf, inputs.slice(0, OF_A_RUN)), usedBy, more };
  },
});

/** Each where it was made, or else where the actor sees it; none where he does not. */
async function toPlaces(placesOf: VersionPlaces, versions: readonly Version[]): Promise<z.output<typeof VersionPlace>[]> {
  return (await toStandings(placesOf, versions)).map(({ standing }) => toVersionPlace(standing));
}

async function toStandings(placesOf: VersionPlaces, versions: readonly Version[]): Promise<{ version: Version; standing: Standing }[]> {
  const found: { version: Version; standing: Standing }[] = [];
  for (const version of versions) {
    const [standing] = await placesOf(version);
    if (standing) found.push({ version, standing });
  }
  return found;
}

/** The versions that a run made or used, oldest first. */
export const listRunArtifacts = instanceQuery({
  allow: 'signed_in',
  input: z.object({ entity: z.string(), project: z.string(), run: z.string() }).extend(RunArtifactsQuery.shape),
  run: async (ctx, { role, limit, after, ...address }): Promise<Page<z.output<typeof RunArtifactView>>> => {
    const run = await getRunAt(ctx, address);
    const afterId = parseCursor(z.int(), after);
    const asked = { limit: limit + 1, ...(afterId !== undefined && { afterId }) };
    const page = toPage(await (role === 'made' ? outputsOf : inputsOf)(ctx, run, asked), limit, ({ id }) => id);
    const items = await toStandings(versionPlaces(ctx), page.items);
    return {
      ...page,
      items: await Promise.all(
        items.map(async ({ version, standing }) => ({
          ...toVersionPlace(standing),
          aliases: await listAliases(
            ctx.reader,
            { entityId: standing.collection.entityId, collectionId: standing.collection.id },
            standing.versionIndex,
          ),
          sizeBytes: version.size,
          createdAt: version.committedAt ?? version.createdAt,
        })),
      ),
    };
  },
});
