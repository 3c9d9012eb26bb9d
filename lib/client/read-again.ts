import type { QueryClient } from '@tanstack/react-query';

/**
 * Answers how to read again whatever begins with a key: one question at a time, so that a storm of changes is no storm of
 * questions, and once more when something was told while one was answered, which may have been asked too early.
 */
export function oneReadAtATime(client: QueryClient): (queryKey: readonly unknown[]) => void {
  const toldAgain = new Map<string, boolean>();
  const read = async (queryKey: readonly unknown[]) => {
    const name = JSON.stringify(queryKey);
    if (toldAgain.has(name)) return void toldAgain.set(name, true);
    do {
      toldAgain.set(name, false);
      await client.invalidateQueries({ queryKey });
    } while (toldAgain.get(name));
    toldAgain.delete(name);
  };
  return (queryKey) => void read(queryKey);
}
