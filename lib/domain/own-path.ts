const SOMEWHERE = 'http://own.invalid';

/**
 * An address of ours out of what anybody may have written into the address bar; the home page in place of any other. Read as
 * browsers read it, who drop tabs and take a backslash for a slash.
 */
export function ownPath(given: unknown): string {
  if (typeof given !== 'string' || !given.startsWith('/') || !URL.canParse(given, SOMEWHERE)) return '/';
  const { origin, pathname, search, hash } = new URL(given, SOMEWHERE);
  return origin === SOMEWHERE && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
}
