import type { MigrationStep } from '../migrate.ts';
import { identity } from './0001-identity.ts';
import { settings } from './0004-settings.ts';

/** In order; a new step goes to the end. */
export const migrationSteps: readonly MigrationStep[] = [identity, settings];
