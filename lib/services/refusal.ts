import { toStoreError } from '#lib/store/connect.ts';

/** What an error means to a caller: a store that cannot be reached or written is `unavailable`, everything else stays what it is. */
export const toRefusal = toStoreError;
