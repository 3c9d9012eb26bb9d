import { z } from 'zod';
import type { Target } from '#lib/domain/target.ts';
import { conflict } from '#lib/errors.ts';
import { resolveNotices } from '#lib/store/notices.ts';
import { markTargetDeleted } from '#lib/store/targets.ts';
import { command } from '../command.ts';
import { targetTopic } from '../notices/tell-target-news.ts';
import { getTarget, TargetInput } from './get-target.ts';
import { ownerOf } from './integration-owner.ts';
import { listUses, toIssues } from './used-by.ts';
import { wakeWaiting } from './wake-waiting.ts';

const deleteTarget = (kind: Target['kind']) =>
  command({
    permission: 'integrations:write',
    input: TargetInput.extend({ force: z.boolean().default(false) }),
    entityOf: ownerOf,
    run: async (ctx, { id, force }) => {
      const target = await getTarget(ctx, kind, id);
      const uses = await listUses(ctx, target);
      if (uses.length > 0 && !force) {
        throw conflict(`"${target.name}" is in use. These automations stay, but their firings will be skipped.`, toIssues(uses));
      }
      await markTargetDeleted(ctx.db, ctx.entity.id, target.id, ctx.now());
      await resolveNotices(ctx.db, ctx.entity.id, targetTopic(target.id), ctx.now());
      return {
        result: undefined,
        audit: {
          what: kind === 'webhook' ? 'webhook.deleted' : 'slack_channel.deleted',
          target: target.name,
          before: { usedBy: uses.map(({ name }) => name) },
        },
      };
    },
    committed: wakeWaiting,
  });

export const deleteWebhook = deleteTarget('webhook');
export const deleteSlackChannel = deleteTarget('slack');
