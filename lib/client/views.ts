import type { z } from 'zod';
import type { Page } from '#lib/contracts/view.ts';

/**
 * How an answer is read: the schema is fetched when there is an answer. What a page shows first was read on the server, so
 * neither the contracts nor zod belong to what a page loads first.
 */
export type View<Data> = () => Promise<z.ZodType<Data>>;

type Names<Contracts> = { [Name in keyof Contracts]: Contracts[Name] extends z.ZodType ? Name : never }[keyof Contracts] & string;
type Read<Contracts, Name extends keyof Contracts> = Contracts[Name] extends z.ZodType<infer Data> ? Data : never;

/** The views of one module of lib/contracts: `const session = viewsOf(() => import('#lib/contracts/session.ts'))`. */
export function viewsOf<Contracts>(load: () => Promise<Contracts>) {
  const view =
    <Name extends Names<Contracts>>(name: Name): View<Read<Contracts, Name>> =>
    async () =>
      (await load())[name] as z.ZodType<Read<Contracts, Name>>;
  const pageOfView =
    <Name extends Names<Contracts>>(name: Name): View<Page<Read<Contracts, Name>>> =>
    async () => {
      const [{ pageOf }, item] = await Promise.all([import('#lib/contracts/view.ts'), view(name)()]);
      return pageOf(item);
    };
  return { view, page: pageOfView };
}
