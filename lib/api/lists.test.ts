import { expect, test } from 'vitest';
import { z } from 'zod';
import { routes } from './routes/all.ts';

const isPage = (view: z.ZodType | undefined) => view instanceof z.ZodObject && 'items' in view.shape && 'next' in view.shape;
const lists = routes.filter(({ response }) => isPage(response));

test('lists are found in the table', () => expect(lists.length).toBeGreaterThan(20));

test.each(lists)('$method $path takes ?limit= from 1 to 200, 50 unless given, and ?after=', ({ query }) => {
  const asked = query instanceof z.ZodObject && 'role' in query.shape ? { role: 'made' } : {}; // which of a run's artifacts: must be said
  const read = (search: Record<string, string>) => query?.safeParse({ ...asked, ...search });
  expect(read({})?.data).toMatchObject({ limit: 50 });
  for (const limit of ['1', '200']) expect(read({ limit, after: 'x' })?.data).toMatchObject({ limit: Number(limit), after: 'x' });
  for (const limit of ['0', '201', '1.5', 'many', '']) expect(read({ limit })?.success, limit).toBe(false);
});
