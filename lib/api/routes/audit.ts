import { z } from 'zod';
import { AuditEntry } from '#lib/contracts/organizations.ts';
import { PageQuery, pageOf } from '#lib/contracts/view.ts';
import { AuditSearch, exportAudit, listAudit, listInstanceAudit } from '#lib/services/audit/list-audit.ts';
import { defineRoute, type Route } from '../route.ts';

function routesOf(kind: 'team' | 'organization'): Route[] {
  const aGroup = kind === 'team' ? 'a team' : 'an organization';
  const params = z.object({ [kind]: z.string() }).transform((given) => ({ kind, group: given[kind]! }));
  return [
    defineRoute({
      method: 'GET',
      path: `/api/v1/${kind}s/{${kind}}/audit`,
      summary: `The audit log of ${aGroup}, newest first, for its admins.`,
      params,
      query: AuditSearch.extend(PageQuery.shape),
      response: pageOf(AuditEntry),
      handle: ({ ctx, params, query }) => listAudit(ctx, { ...params, ...query }),
    }),
    defineRoute({
      method: 'GET',
      path: `/api/v1/${kind}s/{${kind}}/audit.csv`,
      summary: `The audit log of ${aGroup} as a file.`,
      params,
      query: AuditSearch,
      text: 'text/csv; charset=utf-8',
      handle({ ctx, params, query, headers }) {
        headers['content-disposition'] = `attachment; filename="audit-${params.group.replace(/[^\w-]/g, '_')}.csv"`;
        return exportAudit(ctx, { ...params, ...query });
      },
    }),
  ];
}

export const auditRoutes = [
  ...routesOf('team'),
  ...routesOf('organization'),
  defineRoute({
    method: 'GET',
    path: '/api/v1/instance/audit',
    summary: 'What concerns the whole instance: accounts, sign-ins, organizations (instance admins).',
    query: AuditSearch.extend(PageQuery.shape),
    response: pageOf(AuditEntry),
    handle: ({ ctx, query }) => listInstanceAudit(ctx, query),
  }),
];
