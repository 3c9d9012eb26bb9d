import type { JsonValue } from './json.ts';

/** A named line of versions: its own ("sequence"), or one that versions are linked to ("portfolio"), as in a registry. */
export type Collection = {
  entityId: number;
  id: number;
  projectId: number;
  kind: 'sequence' | 'portfolio';
  name: string;
  type: string;
  description: string;
  /** The index of the next version made or linked here. */
  nextIndex: number;
  clientId: string | null;
  createdById: number | null;
  createdAt: number;
  updatedAt: number;
};

/** A version of its own collection. `versionIndex` is null while it is pending. */
export type Version = {
  entityId: number;
  id: number;
  projectId: number;
  collectionId: number;
  state: 'pending' | 'committed' | 'deleted';
  versionIndex: number | null;
  digest: string;
  description: string;
  metadata: Record<string, JsonValue>;
  size: number;
  fileCount: number;
  ttlSeconds: number | null;
  /** The number of the run that made it. */
  run: number | null;
  historyStep: number | null;
  createdById: number | null;
  author: string | null;
  clientId: string | null;
  /** Under which several runs write this version until it is complete. */
  distributedId: string | null;
  /** Given while pending; they count from the commit on. */
  pendingAliases: string[];
  createdAt: number;
  committedAt: number | null;
  updatedAt: number;
};
