import type { MigrationStep } from '../migration-step.ts';
import { identity } from './0001-identity.ts';
import { tracking } from './0002-tracking.ts';
import { automations } from './0003-automations.ts';
import { settings } from './0004-settings.ts';
import { targetRates } from './0005-target-rates.ts';
import { bodyAge } from './0006-body-age.ts';
import { warnings } from './0007-warnings.ts';
import { defaultEntity } from './0008-default-entity.ts';
import { alertDeliveries } from './0009-alert-deliveries.ts';
import { deadLetters } from './0010-dead-letters.ts';
import { versionWriters } from './0011-version-writers.ts';
import { eventsOfVersion } from './0012-events-of-version.ts';
import { deliveryCounts } from './0013-delivery-counts.ts';
import { keyPairs } from './0014-key-pairs.ts';

/** In order; a new step goes to the end. */
export const migrationSteps: readonly MigrationStep[] = [
  identity,
  tracking,
  automations,
  settings,
  targetRates,
  bodyAge,
  warnings,
  defaultEntity,
  alertDeliveries,
  deadLetters,
  versionWriters,
  eventsOfVersion,
  deliveryCounts,
  keyPairs,
];
