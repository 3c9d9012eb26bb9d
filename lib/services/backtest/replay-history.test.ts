import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Automation } from '#lib/domain/automation.ts';
import { ANA, makeWorld, START, type World } from '#lib/engine/testing.ts';
import { compactChunks } from '#lib/store/metric-chunks.ts';
import { describeStores } from '#lib/store/testing.ts';
import { replayHistory } from './replay-history.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RUNS = ['r1', 'r2', 'r3'];

type Sent = { run: string; values: (number | 'NaN')[]; again: number; afterMs: number; compact: boolean };

const sends: fc.Arbitrary<Sent[]> = fc.array(
  fc.record({
    run: fc.constantFrom(...RUNS),
    values: fc.array(
      fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 20 }) }, { weight: 1, arbitrary: fc.constant('NaN' as const) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
    again: fc.nat({ max: 3 }),
    // Within one millisecond nobody can tell afterwards whose batch was first.
    afterMs: fc.constantFrom(1, 1000, 30_000, HOUR, 13 * HOUR, 25 * HOUR),
    compact: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
);
const rules = fc.record({
  aggregate: fc.constantFrom('none' as const, 'average' as const, 'min' as const),
  window: fc.integer({ min: 1, max: 6 }),
  is: fc.constantFrom('above' as const, 'below_or_equal' as const, 'nan_or_infinite' as const),
  cooldownSeconds: fc.constantFrom(0, 60, 7200),
  maxFiringsPerMinute: fc.constantFrom(1, 60),
});

/** What a training that sends some of its lines again would send; now and then chunks are put together in between. */
async function log(world: World, sent: readonly Sent[]): Promise<void> {
  const place = { entityId: world.team.id, entity: world.team.name, projectId: world.project.id, project: 'vision', isRegistry: false };
  const logged = new Map<string, { step: number; values: { loss: number | 'NaN' } }[]>(RUNS.map((run) => [run, []]));
  for (const run of RUNS) await world.send({ type: 'run.state', run: { id: run, state: 'running' } });
  for (const { run, values, again, afterMs, compact } of sent) {
    world.clock.advance(afterMs);
    const lines = logged.get(run)!;
    const firstLine = Math.max(0, lines.length - again);
    for (const value of values) lines.push({ step: lines.length, values: { loss: value } });
    const history = { firstLine, lines: lines.slice(firstLine), lastText: '{}' };
    await world.engine.ingest.ingestStream({ sender: ANA, place, runId: run, history });
    if (!compact) continue;
    const own = world.db.selectFrom('runs').select('id').where('project_id', '=', world.project.id).where('run_id', '=', run);
    const { id } = await own.executeTakeFirstOrThrow();
    await compactChunks(world.db, { entityId: world.team.id, run: id }, 'history', {
      from: 0,
      to: lines.length,
      apart: firstLine % 2 === 0,
    });
  }
}

async function firedLive(world: World): Promise<string[]> {
  const rows = await world.db
    .selectFrom('executions')
    .innerJoin('execution_facts', (join) =>
      join.onRef('execution_facts.id', '=', 'executions.id').onRef('execution_facts.entity_id', '=', 'executions.entity_id'),
    )
    .select(['executions.created_at', 'execution_facts.decision', 'execution_facts.event'])
    .where('executions.entity_id', '=', world.team.id)
    .where('executions.status', '<>', 'skipped')
    .orderBy('executions.id')
    .execute();
  return rows.map(
    (row) => `${JSON.parse(row.event).run.runId} line ${JSON.parse(row.decision).evidence.line} at ${row.created_at - START}`,
  );
}

function replay(world: World, automation: Automation, since = 0) {
  const ranges = [{ entityId: world.team.id, projectIds: [world.project.id] }];
  return replayHistory(world.db, { automation, ranges, since, now: world.clock.nowMs, publicUrl: 'http://localhost:3000' });
}

async function linesOf(lines: ReturnType<typeof replay>) {
  const found: NonNullable<Awaited<ReturnType<(typeof lines)['next']>>['value']>[] = [];
  for await (const line of lines) if (line) found.push(line);
  return found;
}

async function firedInBacktest(world: World, automation: Automation): Promise<string[]> {
  return (await linesOf(replay(world, automation))).flatMap((line) =>
    line.type === 'firing' ? [`${line.run?.id} line ${line.decision.evidence?.line} at ${Date.parse(line.at) - START}`] : [],
  );
}

describeStores('a backtest over what was stored', (makeStore) => {
  test('fires where live ingest did, in the same order, whatever was sent again and put together', async () => {
    const store = await makeStore();
    await fc.assert(
      fc.asyncProperty(rules, sends, async ({ cooldownSeconds, maxFiringsPerMinute, ...rule }, sent) => {
        const world = await makeWorld(store);
        const metric = { name: 'loss', threshold: 10, ...rule };
        const automation = await world.automate('run.metric_threshold', { filter: { metric }, cooldownSeconds, maxFiringsPerMinute });
        await log(world, sent);
        expect(await firedInBacktest(world, automation)).toEqual(await firedLive(world));
      }),
      { numRuns: store.kind === 'sqlite' ? 60 : 8 },
    );
  });

  test('finds silence between the batches of a run, again after a day, and not where no server ran', async () => {
    const world = await makeWorld(await makeStore());
    const value = { type: 'run.metrics', run: { id: 'r1' }, metrics: [{ step: 0, values: { loss: 1 } }] };
    const ticking = async (ms: number) => {
      for (let left = ms; left > 0; left -= 10_000) {
        world.clock.advance(Math.min(10_000, left));
        await world.engine.scheduler.tick();
      }
    };
    const automation = await world.automate('run.silent', { filter: { silentMinutes: 5 } });
    await world.engine.scheduler.tick();
    await world.send(value);
    await ticking(4 * MINUTE);
    await world.send(value);
    await ticking(7 * MINUTE);
    await world.send(value);
    world.clock.advance(30 * MINUTE); // nobody was there
    await ticking(2 * MINUTE);
    await world.send({ type: 'run.state', run: { id: 'r1', state: 'finished' } });
    const live = await world.db.selectFrom('executions').select('created_at').where('entity_id', '=', world.team.id).execute();
    const found = (await linesOf(replay(world, automation))).filter((line) => line.type === 'firing');
    expect(live).toHaveLength(1);
    expect(found).toMatchObject([{ type: 'firing', run: { id: 'r1' }, at: new Date(START + 9 * MINUTE).toISOString() }]);
    expect(live[0]!.created_at - Date.parse(found[0]!.at)).toBeLessThan(11_000);
  });

  test('a schedule’s planned times each have their period’s runs, and events come in order of arrival', async () => {
    const world = await makeWorld(await makeStore());
    const daily = await world.automate('schedule', { filter: { schedule: { cron: '0 9 * * *', timeZone: 'Europe/Berlin' } } });
    const failed = await world.automate('run.state', { filter: { states: ['failed'] }, maxFiringsPerMinute: 2 });
    await world.send(['a', 'b', 'c'].map((run) => ({ type: 'run.state', run: { id: run, state: 'failed' } })));
    world.clock.advance(3 * 24 * HOUR);
    const times = (await linesOf(replay(world, daily, START))).filter((line) => line.type === 'firing');
    expect(times.map(({ at, title }) => [at.slice(0, 16), title])).toEqual([
      ['2026-11-21T08:00', '3 runs, 3 failed'],
      ['2026-11-22T08:00', '0 runs'],
      ['2026-11-23T08:00', '0 runs'],
    ]);
    const events = await linesOf(replay(world, failed, START));
    expect(events.flatMap((line) => (line.type === 'firing' ? [line.title] : []))).toEqual(['a failed', 'b failed']);
    expect(events.at(-1)).toMatchObject({ type: 'done', events: 3, fired: 2, skipped: { storm_guard: 1 } });
    expect((await linesOf(replay(world, failed, START + 1))).at(-1)).toMatchObject({ events: 0 });
  });
});
