import type { Crumb } from '#components/ui/breadcrumbs.tsx';
import { pagePaths } from '#lib/domain/page-paths.ts';

export const projectAutomationCrumbs = (entity: string, project: string): Crumb[] => [
  { label: entity, href: pagePaths.projects(entity) },
  { label: project, href: pagePaths.project(entity, project) },
  { label: 'Automations', href: pagePaths.project(entity, project, 'automations') },
];

export const registryAutomationCrumbs = (name: string, organization?: string): Crumb[] => [
  { label: 'Registry', href: pagePaths.registries(organization) },
  { label: name, href: pagePaths.registry(name, organization) },
  { label: 'Automations', href: pagePaths.registryAutomations(name, organization) },
];
