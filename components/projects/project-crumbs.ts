import { pagePaths } from '#lib/domain/page-paths.ts';

export type ProjectAt = { entity: string; project: string };

export const projectCrumbs = ({ entity, project }: ProjectAt, tab?: string) => [
  { label: entity, href: `/projects?entity=${encodeURIComponent(entity)}` },
  { label: project, href: tab ? pagePaths.project(entity, project) : undefined },
  ...(tab ? [{ label: tab }] : []),
];
