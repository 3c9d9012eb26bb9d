import { expect, test } from './fixtures.ts';

test('the page of an automation that never fired says why: a metric by another name, then how near the runs came', async ({
  page,
  team,
  project,
  actor,
  enter,
}) => {
  const make = (name: string, metric: string) =>
    actor.rest.post<{ id: string }>('/automations', {
      name,
      scope: { project: `${team}/${project}` },
      on: 'run.metric_threshold',
      filter: { metric: { name: metric, aggregate: 'none', window: 1, is: 'below', threshold: 0.3 } },
      action: { nothing: true },
    });
  const slip = await make('Slip', 'val_loss');
  const near = await make('Near', 'val/loss');
  const run = { id: 'r1', name: 'swift-fox' };
  await actor.rest.post(`/projects/${team}/${project}/events`, {
    type: 'run.metrics',
    run,
    metrics: [{ step: 0, values: { 'val/loss': 0.34 } }],
  });
  const verdictOf = async ({ id }: { id: string }) =>
    (await actor.rest.get<{ verdict: { kind: string } }>(`/automations/${id}/near-misses`)).verdict.kind;
  await expect.poll(() => verdictOf(near)).toBe('came_near');

  await enter(page, actor);
  const why = page.getByRole('region', { name: 'Why it did not fire' });
  await page.goto(`/automations/${slip.id}`);
  await expect(why).toContainText(`No run in ${team}/${project} has logged “val_loss” yet. Runs there log “val/loss”: was that meant?`);
  await page.goto(`/automations/${near.id}`);
  await expect(why).toContainText('The one run that it judged lately did not meet its conditions.');
  await expect(why.getByRole('list', { name: 'By reason' })).toContainText(/1 of 1.*short of the condition.*swift-fox.*0\.34/);
  const switched = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await page.getByRole('switch', { name: 'Near enabled' }).click();
  await switched;
  await page.reload();
  await expect(why).toContainText('It is switched off');
});
