import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { checkAutomation } from './check-automation.ts';
import { AUTOMATION_EVENTS, type AutomationEvent, eventTypeOf } from './event-types.ts';
import { Filter } from './filter.ts';
import type { ScopeDocument } from './scope.ts';

const nowMs = Date.UTC(2026, 10, 21);
const project: ScopeDocument = { project: 'acme/vision' };
const issuesAt = (on: AutomationEvent, filter: z.input<typeof Filter>, scope: ScopeDocument = project) =>
  checkAutomation({ on, filter: Filter.parse(filter), scope }, nowMs).map((issue) => issue.path.join('.'));

describe('a document', () => {
  test.each<[AutomationEvent, z.input<typeof Filter>, string[]]>([
    ['artifact.alias_added', { alias: '^production$' }, []],
    ['artifact.alias_added', {}, []],
    ['artifact.alias_added', { alias: '(a' }, ['filter.alias']],
    ['artifact.alias_added', { alias: 'a(?=b)' }, ['filter.alias']],
    ['artifact.created', { tag: '[z-a]', collection: '*' }, ['filter.tag', 'filter.collection']],
    ['artifact.created', { states: ['failed'] }, ['filter.states']],
    ['collection.tag_added', { alias: 'x' }, ['filter.alias']],
    ['artifact.created', { query: { nme: 'x' } }, ['filter.query.nme']],
    ['run.metric_threshold', {}, ['filter.metric']],
    ['run.metric_threshold', { metric: { name: 'loss', is: 'below', threshold: 1 } }, []],
    ['run.metric_threshold', { metric: { name: 'loss', is: 'below', threshold: 1 }, zscore: { name: 'loss' } }, ['filter.zscore']],
    ['run.metric_change', {}, ['filter.change']],
    ['run.metric_zscore', { zscore: { name: 'loss' }, run: { name: '\\1' } }, ['filter.run.name']],
    ['run.state', {}, ['filter.states']],
    ['run.state', { states: ['failed'], query: { $and: [{ alias: 'x' }] } }, ['filter.query.$and.0.alias']],
    ['run.silent', { silentMinutes: 5 }, []],
    ['run.silent', {}, ['filter.silentMinutes']],
    ['schedule', {}, ['filter.schedule']],
    ['schedule', { schedule: { cron: '0 0 30 2 *' } }, ['filter.schedule.cron']],
    ['schedule', { schedule: { cron: '0 9 * * *', timeZone: 'Mars/Olympus' } }, ['filter.schedule.timeZone']],
  ])('on %s with %j is refused at %j', (on, filter, paths) => expect(issuesAt(on, filter)).toEqual(paths));

  test.each<[AutomationEvent, ScopeDocument, string[]]>([
    ['run.state', { registry: 'model' }, ['scope.registry']],
    ['run.state', { collection: 'acme/vision/detector' }, ['scope.collection']],
    ['artifact.created', { registryCollection: 'model/fraud' }, ['scope.registryCollection']],
    ['artifact.created', { organization: 'acme-org' }, []],
    ['artifact.linked', { registry: 'model' }, []],
  ])('on %s in %j is refused at %j', (on, scope, paths) => {
    expect(issuesAt(on, on === 'run.state' ? { states: ['failed'] } : {}, scope)).toEqual(paths);
  });

  test('the refusal of a scope names those that are allowed', () => {
    const [issue] = checkAutomation({ on: 'run.silent', filter: { silentMinutes: 5 }, scope: { registry: 'model' } }, nowMs);
    expect(issue?.message).toBe('"A run stops reporting" does not happen in a registry. Choose a project, a team or an organization.');
  });

  test('takes exactly the filter keys that the table gives its event', () => {
    const all: z.input<typeof Filter> = {
      alias: 'a',
      tag: 'a',
      collection: 'a',
      metric: { name: 'a', is: 'nan_or_infinite' },
      change: { name: 'a', by: 'any', amount: 1 },
      zscore: { name: 'a' },
      states: ['failed'],
      silentMinutes: 1,
      schedule: { cron: '0 9 * * *' },
      run: { user: 'a' },
      query: {},
    };
    for (const on of AUTOMATION_EVENTS) {
      const refused = Object.keys(all).filter((key) => !(eventTypeOf(on).filterKeys as readonly string[]).includes(key));
      expect(issuesAt(on, all).filter((path) => path.startsWith('filter.'))).toEqual(refused.map((key) => `filter.${key}`));
    }
  });
});
