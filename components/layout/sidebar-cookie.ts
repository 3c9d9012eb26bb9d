/** Remembers a collapsed sidebar. The server reads it, so nothing jumps while the page wakes up. */
export const SIDEBAR_COOKIE = 'hookline_sidebar';
