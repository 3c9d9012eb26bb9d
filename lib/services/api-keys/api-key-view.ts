import type { ApiKeyView } from '#lib/contracts/session.ts';
import { personText } from '#lib/domain/entity.ts';
import type { ApiKey } from '#lib/store/api-keys.ts';
import type { Db } from '#lib/store/connect.ts';
import { listEntitiesByIds } from '#lib/store/entities.ts';
import { listUsersByIds } from '#lib/store/users.ts';

export const apiKeyIdText = (id: number) => `key_${id}`;

export async function toApiKeyViews(db: Db, keys: readonly ApiKey[]): Promise<ApiKeyView[]> {
  const owners = await listUsersByIds(
    db,
    keys.map(({ userId }) => userId),
  );
  const teams = await listEntitiesByIds(
    db,
    [...owners.values()].flatMap(({ serviceEntityId }) => serviceEntityId ?? []),
  );
  return keys.map((key) => {
    const owner = owners.get(key.userId)!;
    return {
      id: apiKeyIdText(key.id),
      name: key.name,
      prefix: key.prefix,
      owner: personText(owner),
      serviceAccount: owner.serviceEntityId !== null,
      team: owner.serviceEntityId === null ? null : (teams.get(owner.serviceEntityId)?.name ?? null),
      createdAt: key.createdAt,
      lastUsedAt: key.lastUsedAt,
    };
  });
}
