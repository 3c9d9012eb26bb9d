import type { z } from 'zod';
import type { OrganizationView, TeamView } from '#lib/contracts/organizations.ts';
import type { Entity } from '#lib/domain/entity.ts';
import type { Actor } from '#lib/domain/permissions.ts';
import type { Db } from '#lib/store/connect.ts';
import { findOrganization, findOrganizationEntity, listTeams } from '#lib/store/entities.ts';
import { countMembers } from '#lib/store/memberships.ts';
import { countProjects } from '#lib/store/registries.ts';
import { standingOf } from '../access.ts';

/** Teams are named to their members and to those who manage the organization. */
export async function toOrganizationView(db: Db, actor: Actor, entity: Entity): Promise<z.output<typeof OrganizationView>> {
  const [organization, standing, teams] = await Promise.all([
    findOrganization(db, entity.organizationId!),
    standingOf(db, actor, entity),
    listTeams(db, entity.organizationId!),
  ]);
  const seesAll = standing.manages || standing.role === 'admin';
  const standings = await Promise.all(teams.map((team) => standingOf(db, actor, team)));
  return {
    name: entity.name,
    displayName: organization!.displayName,
    role: standing.role,
    teams: teams.filter((_, index) => seesAll || standings[index]!.role !== null).map((team) => team.name),
    createdAt: entity.createdAt,
  };
}

export async function toTeamView(db: Db, actor: Actor, team: Entity): Promise<z.output<typeof TeamView>> {
  const [organization, standing, members, projects] = await Promise.all([
    team.organizationId === null ? null : findOrganizationEntity(db, team.organizationId),
    standingOf(db, actor, team),
    countMembers(db, team.id),
    countProjects(db, team.id),
  ]);
  return { name: team.name, organization: organization?.name ?? '', role: standing.role, members, projects, createdAt: team.createdAt };
}
