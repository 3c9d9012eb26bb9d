import { z } from 'zod';
import type { AuditEntry } from '#lib/contracts/organizations.ts';
import { type Page, PageQuery } from '#lib/contracts/view.ts';
import type { Entity } from '#lib/domain/entity.ts';
import { INSTANCE_ENTITY_ID } from '#lib/domain/entity.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { type AuditFilter, type AuditRow, listAudit as listStored } from '#lib/store/audit.ts';
import { query } from '../command.ts';
import type { Context } from '../context.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { GroupInput, groupOf } from '../members/group.ts';

export const AuditSearch = z.object({
  actor: z.string().optional(),
  what: z.string().optional(),
  /** Moments as ISO text; `until` is left out itself. */
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

const toFilter = ({ actor, what, since, until }: z.infer<typeof AuditSearch>): AuditFilter => ({
  ...(actor !== undefined && { actor }),
  ...(what !== undefined && { what }),
  ...(since !== undefined && { since: Date.parse(since) }),
  ...(until !== undefined && { until: Date.parse(until) }),
});

const toEntry = ({ entityId: _, actorId: __, requestId: ___, actorName, ...row }: AuditRow): AuditEntry => ({ ...row, actor: actorName });

type Search = z.infer<typeof AuditSearch> & PageQuery;

async function page(ctx: Context, entityId: number, { limit, after, ...search }: Search): Promise<Page<AuditEntry>> {
  const beforeId = parseCursor(z.string(), after);
  const rows = await listStored(ctx.db, entityId, toFilter(search), { limit: limit + 1, ...(beforeId !== undefined && { beforeId }) });
  const { items, ...next } = toPage(rows, limit, (row) => row.id);
  return { items: items.map(toEntry), ...next };
}

/** Newest first. */
export const listAudit = query({
  permission: 'audit:read',
  input: GroupInput.extend(AuditSearch.shape).extend(PageQuery.shape),
  entityOf: groupOf,
  run: (ctx, { kind: _, group: __, ...search }) => page(ctx, ctx.entity.id, search),
});

/** What concerns no team or organization: accounts, sign-ins, organizations made and deleted. */
export const listInstanceAudit = instanceQuery({
  allow: 'instance_admin',
  input: AuditSearch.extend(PageQuery.shape),
  run: (ctx, search) => page(ctx, INSTANCE_ENTITY_ID, search),
});

const EXPORT_PAGE = 500;

/** All of it as CSV, newest first, read page by page. */
export const exportAudit = query({
  permission: 'audit:read',
  input: GroupInput.extend(AuditSearch.shape),
  entityOf: groupOf,
  run: async (ctx, { kind: _, group: __, ...search }) => csv(readAll(ctx, ctx.entity, toFilter(search))),
});

async function* readAll(ctx: Context, entity: Entity, filter: AuditFilter): AsyncGenerator<AuditRow[]> {
  let beforeId: string | undefined;
  do {
    const rows = await listStored(ctx.db, entity.id, filter, { limit: EXPORT_PAGE, ...(beforeId !== undefined && { beforeId }) });
    yield rows;
    beforeId = rows.length === EXPORT_PAGE ? rows.at(-1)!.id : undefined;
  } while (beforeId !== undefined);
}

const COLUMNS = ['at', 'actor', 'what', 'target', 'before', 'after', 'address'] as const;

async function csv(pages: AsyncGenerator<AuditRow[]>): Promise<string> {
  const lines = [COLUMNS.join(',')];
  for await (const rows of pages) {
    for (const { at, actorName, what, target, before, after, address } of rows) {
      lines.push([new Date(at).toISOString(), actorName, what, target, before, after, address].map(cell).join(','));
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Quoted where needed; a leading "=", "+", "-" or "@" would be a formula in a spreadsheet. */
function cell(value: JsonValue): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
