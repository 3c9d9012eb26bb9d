import type { z } from 'zod';
import { RegistryPatch } from '#lib/contracts/tracking.ts';

export const RegistryFormValues = RegistryPatch.pick({ visibility: true, description: true, artifactTypes: true });
export type RegistryFormValues = z.input<typeof RegistryFormValues>;
