import type { z } from 'zod';
import type { ProjectView, RegistryView } from '#lib/contracts/tracking.ts';
import { registryNameOf } from '#lib/domain/page-paths.ts';
import type { Role } from '#lib/domain/permissions.ts';
import type { Project } from '#lib/domain/project.ts';
import type { Db } from '#lib/store/connect.ts';
import { findProjectNumbers } from '#lib/store/project-numbers.ts';

export async function toProjectView(db: Db, project: Project, entity: string, role: Role | null): Promise<ProjectView> {
  const numbers = await findProjectNumbers(db, project.entityId, project.id);
  return { entity, name: project.name, description: project.description, role, createdAt: project.createdAt, ...numbers };
}

export async function toRegistryView(
  db: Db,
  project: Project,
  organization: string,
  role: Role | null,
): Promise<z.output<typeof RegistryView>> {
  const { runs: _, ...numbers } = await findProjectNumbers(db, project.entityId, project.id);
  return {
    name: registryNameOf(project.name),
    organization,
    description: project.description,
    visibility: project.visibility,
    artifactTypes: project.artifactTypes,
    role,
    createdAt: project.createdAt,
    ...numbers,
  };
}
