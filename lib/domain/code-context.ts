export type CodeContext = {
  /** Without a slash at its end. */
  publicUrl: string;
  /** The organization that owns the registries, where a scope does not say. */
  organization?: string;
  /** Whose integration it is, where neither document nor scope say. */
  team?: string;
  /** The artifact type of a scope that is one collection: the client asks for it. */
  collectionType?: string;
};
