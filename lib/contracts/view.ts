import { z } from 'zod';

/** ISO 8601 text on the wire, epoch milliseconds in our code on both sides. */
export const Moment = z.codec(z.iso.datetime({ offset: true }), z.number(), {
  decode: (text) => Date.parse(text),
  encode: (ms) => new Date(ms).toISOString(),
});

/** A page of a list; `next` goes into `?after=` and is absent on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().optional() });
export type Page<Item> = { items: Item[]; next?: string };

/** What every list takes. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(1024).optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

export const Empty = z.object({});

/** `?force=true`: delete although it is in use. */
export const ForceQuery = z.object({
  force: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});

/** Counts over lists stop at 1,000 and then read "1,000+". */
export const BoundedCount = z.object({ count: z.number(), more: z.boolean() });
export type BoundedCount = z.infer<typeof BoundedCount>;

/** What something is used by, for "used by" cells and the lists of a refused delete. */
export const Use = z.object({ kind: z.enum(['webhook', 'slack', 'automation']), id: z.string(), name: z.string(), href: z.string() });
export type Use = z.infer<typeof Use>;

/** A person or account as shown beside a thing: "ana", "ana (deleted)". */
export const Person = z.object({ username: z.string(), name: z.string(), deleted: z.boolean() });
export type Person = z.infer<typeof Person>;

export const ErrorBody = z.object({
  error: z.object({
    code: z.enum([
      'invalid',
      'unauthenticated',
      'forbidden',
      'not_found',
      'conflict',
      'gone',
      'too_large',
      'limited',
      'unavailable',
      'internal',
    ]),
    message: z.string(),
    issues: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })).optional(),
    requestId: z.string(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

export const RoleName = z.enum(['admin', 'member', 'viewer', 'restricted_viewer']);
/** Roles of teams and organizations; restricted viewers exist in registries only. */
export const EntityRole = z.enum(['admin', 'member', 'viewer'], 'Choose admin, member or viewer.');
