import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/** "Contains", without case and with the pattern's own % and _ taken as they are. The column must be in lower case. */
export const containsText = (lowered: Expression<string | null>, text: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${lowered} like ${`%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
