import { join } from 'node:path';

/** The folder that holds package.json. */
export const CHECKOUT = join(import.meta.dirname, '..', '..');
