/** What a reader sees: all of some entities, less the registries that are closed to them. */
export type Seen = { entityIds: readonly number[]; hiddenProjectIds: readonly number[] };
