import type { ConsoleLine } from '#lib/domain/run-stream.ts';
import type { Db } from './connect.ts';
import type { RunKey } from './metric-chunks.ts';

const ROWS_AT_ONCE = 64;

/** Puts lines at their places: a progress bar writes its line many times. */
export async function putConsoleLines(db: Db, { entityId, run }: RunKey, firstLine: number, lines: readonly ConsoleLine[]): Promise<void> {
  const rows = lines.map((line, index) => ({ entity_id: entityId, run, number: firstLine + index, ...line }));
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await db
      .insertInto('console_lines')
      .values(rows.slice(at, at + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(['entity_id', 'run', 'number']).doUpdateSet(({ ref }) => ({
          at: ref('excluded.at'),
          level: ref('excluded.level'),
          label: ref('excluded.label'),
          content: ref('excluded.content'),
        })),
      )
      .execute();
  }
}

export type NumberedLine = ConsoleLine & { number: number };

/** In order of their numbers, from `fromNumber` on. */
export async function listConsoleLines(db: Db, { entityId, run }: RunKey, fromNumber: number, limit: number): Promise<NumberedLine[]> {
  const rows = await db
    .selectFrom('console_lines')
    .select(['number', 'at', 'level', 'label', 'content'])
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .where('number', '>=', fromNumber)
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows;
}
