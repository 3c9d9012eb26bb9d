import { pagePaths } from '#lib/domain/page-paths.ts';

export type ProjectAt = { entity: string; project: string };

export const projectCrumbs = ({ entity, project }: ProjectAt, tab?: string) => [
  { label: entity, href: pagePaths.projects(entity) },
  { label: project, href: tab ? pagePaths.project(entity, project) : undefined },
  ...(tab ? [{ label: tab }] : []),
];
