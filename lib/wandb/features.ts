/**
 * What the client may use of this server: on for exactly what Hookline does. The client asks by these names and takes
 * what is not listed as off; a flag that is on without its feature makes it fail, one that is off hides the feature.
 */
export const FEATURES = [
  'AUTOMATION_EVENT_RUN_METRIC',
  'AUTOMATION_EVENT_RUN_METRIC_CHANGE',
  'AUTOMATION_EVENT_RUN_METRIC_ZSCORE',
  'AUTOMATION_EVENT_RUN_STATE',
  'AUTOMATION_EVENT_ADD_ARTIFACT_TAG',
  'AUTOMATION_EVENT_REMOVE_ARTIFACT_TAG',
  'AUTOMATION_EVENT_ADD_COLLECTION_TAG',
  'AUTOMATION_EVENT_REMOVE_COLLECTION_TAG',
  'AUTOMATION_EVENT_UNLINK_ARTIFACT',
  'AUTOMATION_ACTION_NO_OP',
  'AUTOMATION_SCOPE_ENTITY',
  'QUERY_AUTOMATIONS_ON_ENTITY',
  'AUTOMATIONS_ON_ORGANIZATION',
] as const;

/** The organization's own flags, which the client's tests ask for. */
export const ORGANIZATION_FEATURES = ['automation_entity_scope'] as const;
