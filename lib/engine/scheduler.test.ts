import { expect, test } from 'vitest';
import { nextTime } from '#lib/domain/schedule.ts';
import { putSchedule } from '#lib/store/automation-schedule.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, START, type World } from './testing.ts';

const MINUTE = 60_000;
const running = { type: 'run.state', run: { id: 'r1', state: 'running' } };
const value = { type: 'run.metrics', run: { id: 'r1' }, metrics: [{ step: 0, values: { loss: 1 } }] };

/** As a server that runs all the time would: a look every few seconds. */
async function pass(world: World, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 5000) {
    world.clock.advance(Math.min(5000, left));
    await world.engine.scheduler.tick();
  }
}

const factsOfEvents = async (world: World) =>
  (await world.db.selectFrom('events').select('facts').orderBy('id').execute()).map((row) => JSON.parse(row.facts));

describeStores('scheduler', (makeStore) => {
  test('a running run without a value for the minutes asked for fires once', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.silent', { filter: { silentMinutes: 5 } });
    await world.send([running, value]);
    await pass(world, 5 * MINUTE - 1000);
    expect(await world.readExecutions()).toEqual([]);
    await pass(world, 5000);
    await pass(world, 5 * MINUTE);
    expect(await world.readExecutions()).toHaveLength(1);
    expect((await factsOfEvents(world)).at(-1)).toMatchObject({
      type: 'run.silent',
      silentMinutes: 5,
      lastValueAt: START,
      run: { runId: 'r1' },
    });
  });

  test('a value puts silence off; a run that ended is never silent', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.silent', { filter: { silentMinutes: 5 } });
    await world.send([running, value]);
    await pass(world, 4 * MINUTE);
    await world.send(value);
    await pass(world, 4 * MINUTE);
    expect(await world.readExecutions()).toEqual([]);
    await world.send({ ...running, run: { id: 'r1', state: 'finished' } });
    await pass(world, 10 * MINUTE);
    expect(await world.readExecutions()).toEqual([]);
  });

  test('a rule made later watches runs under way, from its making on', async () => {
    const world = await makeWorld(await makeStore());
    await world.send([running, value]);
    await pass(world, 10 * MINUTE);
    await world.automate('run.silent', { filter: { silentMinutes: 5 }, scope: { kind: 'organization', entityId: world.organization.id } });
    await pass(world, 4 * MINUTE);
    expect(await world.readExecutions()).toEqual([]);
    await pass(world, 2 * MINUTE);
    expect(await world.readExecutions()).toHaveLength(1);
  });

  test('time in which no server ran counts as nobody’s silence', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.silent', { filter: { silentMinutes: 5 } });
    await world.send([running, value]);
    await pass(world, 3 * MINUTE);
    world.clock.advance(60 * MINUTE);
    const restarted = world.newEngine('worker-2');
    await restarted.scheduler.tick();
    expect(await world.readExecutions()).toEqual([]);
    for (let i = 0; i < 26; i++) {
      world.clock.advance(5000);
      await restarted.scheduler.tick();
    }
    expect(await world.readExecutions()).toHaveLength(1);
  });

  test('a run of the file stream that nobody feeds has crashed, one fed by events never does', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.state', { filter: { states: ['failed'] } });
    await world.send([running, { ...running, run: { id: 'r2', state: 'running' } }]);
    await world.db.updateTable('runs').set({ source: 'stream' }).where('run_id', '=', 'r1').execute();
    await world.db.updateTable('run_progress').set({ check_at: START }).execute();
    await pass(world, 5 * MINUTE - 1000);
    expect(await world.readExecutions()).toEqual([]);
    await pass(world, 10_000);
    const states = await world.db.selectFrom('runs').select(['run_id', 'state']).orderBy('run_id').execute();
    expect(states).toEqual([
      { run_id: 'r1', state: 'crashed' },
      { run_id: 'r2', state: 'running' },
    ]);
    expect(await world.readExecutions()).toHaveLength(1);
  });

  test('a schedule fires once whatever the number of processes, with the period’s runs', async () => {
    const world = await makeWorld(await makeStore());
    const automation = await world.automate('schedule', {
      filter: { schedule: { cron: '0 * * * *', timeZone: 'UTC' }, run: { tags: ['prod'] } },
    });
    await putSchedule(world.db, automation, START + 60 * MINUTE, START);
    await world.send([
      { type: 'run.state', run: { id: 'r1', state: 'failed', tags: ['prod'], summary: { acc: 0.9 } } },
      { type: 'run.state', run: { id: 'r2', state: 'running' } },
    ]);
    const other = world.newEngine('worker-2');
    world.clock.advance(59 * MINUTE);
    await world.engine.scheduler.tick();
    expect(await world.readExecutions()).toEqual([]);
    world.clock.advance(61_000);
    await Promise.all([world.engine.scheduler.tick(), other.scheduler.tick()]);
    expect(await world.readExecutions()).toHaveLength(1);
    expect((await factsOfEvents(world)).at(-1)).toMatchObject({
      type: 'schedule',
      plannedAt: START + 60 * MINUTE,
      missed: 0,
      summary: { total: 1, states: { failed: 1 }, runs: [{ id: 'r1', summary: { acc: 0.9 } }], truncated: false },
    });
  });

  test('a clock that is moved back brings no time again, and none is left out once it is caught up', async () => {
    const world = await makeWorld(await makeStore());
    const automation = await world.automate('schedule', { filter: { schedule: { cron: '0 * * * *', timeZone: 'UTC' } } });
    await putSchedule(world.db, automation, START + 60 * MINUTE, START);
    await pass(world, 60 * MINUTE);
    world.clock.advance(-3 * 60 * MINUTE);
    await pass(world, 3 * 60 * MINUTE);
    expect(await world.readExecutions()).toHaveLength(1);
    await pass(world, 60 * MINUTE);
    const planned = (await factsOfEvents(world)).map(({ plannedAt, missed }) => [(plannedAt - START) / MINUTE, missed]);
    expect(planned).toEqual([
      [60, 0],
      [120, 0],
    ]);
  });

  test('a schedule keeps its hour by the clock of its zone through both changes of the year', async () => {
    for (const [from, hours] of [
      ['2027-03-27T07:30Z', [23, 24, 24]], // Berlin goes to summer time on the 28th
      ['2026-10-24T06:30Z', [25, 24]], // and back on the 25th of October
    ] as const) {
      const world = await makeWorld(await makeStore());
      const schedule = { cron: '0 9 * * *', timeZone: 'Europe/Berlin' };
      const automation = await world.automate('schedule', { filter: { schedule } });
      world.clock.advance(Date.parse(from) - world.clock.nowMs);
      await putSchedule(world.db, automation, nextTime(schedule, world.clock.nowMs)!, world.clock.nowMs);
      for (let minutes = 0; minutes < 3 * 24 * 60; minutes += 30) {
        world.clock.advance(30 * MINUTE);
        await world.engine.scheduler.tick();
      }
      const planned = (await factsOfEvents(world)).map(({ plannedAt }) => plannedAt as number);
      expect(planned.slice(1).map((at, index) => (at - planned[index]!) / (60 * MINUTE))).toEqual(hours);
    }
  });

  test('after a while without a server at most one missed time is caught up, and said', async () => {
    const world = await makeWorld(await makeStore());
    const automation = await world.automate('schedule', { filter: { schedule: { cron: '0 * * * *', timeZone: 'UTC' } } });
    await putSchedule(world.db, automation, START + 60 * MINUTE, START);
    world.clock.advance(5 * 60 * MINUTE + 1000);
    await world.engine.scheduler.tick();
    await world.engine.scheduler.tick();
    expect(await world.readExecutions()).toHaveLength(1);
    expect((await factsOfEvents(world)).at(-1)).toMatchObject({ plannedAt: START + 5 * 60 * MINUTE, missed: 4 });
  });
});
