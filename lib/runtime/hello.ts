import { DatabaseSync } from 'node:sqlite';
export function hello(): string {
  const db = new DatabaseSync(':memory:');
  return JSON.stringify(db.prepare('select sqlite_version() as v').get());
}
