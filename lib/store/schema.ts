import type { AutomationTables } from './schema/automations.ts';
import type { IdentityTables } from './schema/identity.ts';
import type { SettingsTables } from './schema/settings.ts';
import type { TrackingTables } from './schema/tracking.ts';

/**
 * One row type per table, as both databases hold it: times are epoch milliseconds, JSON is text, booleans are 0 or 1.
 * Rows never leave lib/store; its functions answer domain objects. Grouped by what they serve.
 */
export type Database = IdentityTables & TrackingTables & AutomationTables & SettingsTables;
