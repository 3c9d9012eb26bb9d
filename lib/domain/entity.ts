/** Who owns things: a team, a personal space, or an organization under its own name. */
export type EntityKind = 'user' | 'team' | 'organization';

export type Entity = {
  id: number;
  kind: EntityKind;
  name: string;
  /** The organization that a team belongs to, or whose own entity this is; null for personal spaces. */
  organizationId: number | null;
  createdAt: number;
};

export type Organization = { id: number; displayName: string; createdAt: number };

export type User = {
  id: number;
  /** The personal space, of the same name. */
  entityId: number;
  username: string;
  email: string | null;
  name: string;
  instanceAdmin: boolean;
  /** Set for a service account: the team it belongs to. */
  serviceEntityId: number | null;
  /** Where their runs go that name no entity, while they are in it; null for the personal space. */
  defaultEntityId: number | null;
  createdAt: number;
  disabledAt: number | null;
  deletedAt: number | null;
};

export const isActive = (user: User) => user.disabledAt === null && user.deletedAt === null;

/** How a person is shown beside what they made, also when they are gone. */
export const personText = (user: Pick<User, 'username' | 'deletedAt'>) =>
  user.deletedAt === null ? user.username : `${user.username} (deleted)`;

/** Audit rows under this id concern the whole instance, not one entity. */
export const INSTANCE_ENTITY_ID = 0;
