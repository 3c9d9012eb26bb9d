import type { TargetRef } from '#lib/domain/automation.ts';
import type { Entity } from '#lib/domain/entity.ts';
import { parseNumberedId } from '#lib/domain/ids.ts';
import { getIntegration, listIntegrations, shownAddress } from '#lib/services/targets/integrations-by-number.ts';
import { createWebhook } from '#lib/services/targets/webhooks.ts';
import { cursorNumber, type PageArguments, pageSize, toConnection } from '../connection.ts';
import type { Resolvers } from '../resolver.ts';
import { toIntegration } from './automations.ts';

type WebhookInput = { entityName: string; name: string; urlEndpoint: string; accessTokenRef?: string | null; secretRef?: string | null };

export const integrationResolvers: Resolvers = {
  Entity: {
    integrations: async ({ name, kind }: Entity, page: PageArguments, ctx) => {
      const limit = pageSize(page);
      const afterId = cursorNumber(page);
      const rows = kind === 'organization' ? [] : await listIntegrations(ctx, { team: name, limit: limit + 1, afterId });
      return toConnection(
        rows.map((target) => toIntegration(target, name)),
        limit,
        ({ ref }) => ref.targetId,
      );
    },
  },
  GenericWebhookIntegration: { urlEndpoint: ({ ref }: { ref: TargetRef }, _: unknown, ctx) => shownAddress(ctx, ref) },
  Mutation: {
    createGenericWebhookIntegration: async (_: unknown, { input }: { input: WebhookInput }, ctx) => {
      const { id } = await createWebhook(ctx, {
        team: input.entityName,
        name: input.name,
        url: input.urlEndpoint,
        ...(input.accessTokenRef && { accessTokenSecret: input.accessTokenRef }),
        ...(input.secretRef && { signingSecret: input.secretRef }),
      });
      const { team, target } = await getIntegration(ctx, parseNumberedId('whk', id)!);
      return { integration: toIntegration(target, team) };
    },
  },
};
