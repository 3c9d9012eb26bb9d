import { z } from 'zod';
import type { HomeView } from '#lib/contracts/home.ts';
import { automationIdText } from '#lib/domain/ids.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { countAutomations, countWeek, hasRows, listFailingAutomations } from '#lib/store/home.ts';
import { listOpenNotices } from '#lib/store/notices.ts';
import { listProjects } from '#lib/store/projects.ts';
import { listExecutions } from '../executions/list-executions.ts';
import { instanceQuery } from '../instance-command.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import { toProjectView } from '../tracking/place-views.ts';
import { listRegistries } from '../tracking/registries.ts';

const WEEK_MS = 7 * 86_400_000;
const SHOWN = 8;

/** What needs attention first, then what I have and what happened last. */
export const getHome = instanceQuery({
  allow: 'signed_in',
  input: z.object({}),
  run: async (ctx): Promise<z.output<typeof HomeView>> => {
    const visible = await listVisiblePlaces(ctx);
    const { entityIds } = visible;
    const adminIds = [...visible.entities.values()].filter(({ role }) => role === 'admin').map(({ entity }) => entity.id);
    const since = ctx.now() - WEEK_MS;
    const [failing, notices, projects, registries, executions, week, automations, secret, webhook, run, event] = await Promise.all([
      listFailingAutomations(ctx.db, visible, since, SHOWN),
      listOpenNotices(ctx.db, adminIds, SHOWN),
      listProjects(ctx.db, { entityIds, kind: 'project' }, { limit: SHOWN }),
      listRegistries(ctx, { limit: SHOWN }),
      listExecutions(ctx, { limit: SHOWN }),
      countWeek(ctx.db, visible, since),
      hasRows(ctx.db, 'automations', entityIds),
      hasRows(ctx.db, 'secrets', entityIds),
      hasRows(ctx.db, 'targets', entityIds),
      hasRows(ctx.db, 'runs', entityIds),
      hasRows(ctx.db, 'events', entityIds),
    ]);
    const team = [...visible.entities.values()].find(({ entity }) => entity.kind === 'team')?.entity.name ?? null;
    return {
      attention: [
        ...notices.map((notice) => ({
          id: notice.id,
          severity: notice.severity,
          title: notice.message,
          text: '',
          href: notice.href ?? pagePaths.automations(),
          at: notice.at,
          dismissible: true,
        })),
        ...failing.map(({ id, name, failed, lastFailedAt, reason }) => ({
          id: `failing-${id}`,
          severity: 'danger' as const,
          title: `${failed} ${failed === 1 ? 'execution' : 'executions'} of ${name} given up`,
          text: reason ?? 'Open the history to see why.',
          href: pagePaths.deadLetters({ automation: automationIdText(id) }),
          at: lastFailedAt,
          dismissible: false,
        })),
      ].slice(0, SHOWN),
      projects: await Promise.all(
        projects.map((project) => {
          const { entity, role } = visible.entities.get(project.entityId)!;
          return toProjectView(ctx.db, project, entity.name, role);
        }),
      ),
      registries: registries.items,
      executions: executions.items,
      firstSteps: { team, secret, webhook, event: run || event, automation: automations, execution: executions.items.length > 0 },
      week: { ...week, automations: await countAutomations(ctx.db, visible) },
    };
  },
});
