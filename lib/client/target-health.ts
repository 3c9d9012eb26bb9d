import type { HealthRange } from '#lib/domain/delivery-health.ts';
import { apiQuery, segment } from './query.ts';
import { viewsOf } from './views.ts';

const health = viewsOf(() => import('#lib/contracts/target-health.ts'));

const LIST = { webhook: 'webhooks', slack: 'slack-channels' } as const;

/** How an integration's deliveries went, and what keeps it from working. */
export const targetHealthQuery = (team: string, kind: keyof typeof LIST, id: string, range: HealthRange) =>
  apiQuery(`/teams/${segment(team)}/${LIST[kind]}/${segment(id)}/health`, health.view('TargetHealthView'), { range });
