/** Remembers whose things were shown last. The server reads it, so the frame does not change as the page wakes up. */
export const ENTITY_COOKIE = 'hookline_entity';
