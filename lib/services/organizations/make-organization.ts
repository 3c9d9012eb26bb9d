import type { Entity, Organization } from '#lib/domain/entity.ts';
import { foldName } from '#lib/domain/names.ts';
import { organizationEntityNames } from '#lib/domain/organization-name.ts';
import { findEntityByName, insertEntity, insertOrganization } from '#lib/store/entities.ts';
import type { Context } from '../context.ts';

/**
 * An organization with the entity under whose name it owns registries; the name is made from the display name unless
 * given. `reserved` are names that are about to be used.
 */
export async function makeOrganization(
  ctx: Context,
  displayName: string,
  entityName?: string,
  reserved: readonly string[] = [],
): Promise<{ organization: Organization; entity: Entity }> {
  const at = ctx.now();
  const organization = await insertOrganization(ctx.db, displayName, at);
  const name = entityName ?? (await firstFreeName(ctx, displayName, reserved));
  return {
    organization,
    entity: await insertEntity(ctx.db, { kind: 'organization', name, organizationId: organization.id, createdAt: at }),
  };
}

async function firstFreeName(ctx: Context, displayName: string, reserved: readonly string[]): Promise<string> {
  const taken = new Set(reserved.map(foldName));
  for (const name of organizationEntityNames(displayName)) {
    if (!taken.has(foldName(name)) && !(await findEntityByName(ctx.db, name))) return name;
  }
  throw new Error('unreachable: the names have no end');
}
