/** A project, or a registry: a project of its organization's own entity. */
export type Project = {
  entityId: number;
  id: number;
  kind: 'project' | 'registry';
  /** As the client names it: a registry's is "wandb-registry-<name>". */
  name: string;
  description: string;
  visibility: 'organization' | 'restricted';
  /** Registries: the types they accept; null accepts all. */
  artifactTypes: string[] | null;
  createdById: number | null;
  createdAt: number;
  updatedAt: number;
};
