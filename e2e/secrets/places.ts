import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { createFinder, Finding } from '../../scripts/test/find-secrets.ts';

type Find = ReturnType<typeof createFinder>;

export interface Place {
  name: string;
  findings: Finding[];
}

const DATABASE = 'hookline.db';
/** The one file that is there to hold a secret. */
const KEY_FILE = 'master.key';

/** Every file of a data directory as it lies on the disk, the database's log of writes too, but for the key's own. */
export function searchFiles(dataDir: string, find: Find): Place[] {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== KEY_FILE);
  return files.map(({ parentPath, name }) => ({ name: `file ${name}`, findings: find(readFileSync(join(parentPath, name))) }));
}

/** Every value of every row: a long one lies in pieces on the disk, and texts in a document are read as whoever parses it reads them. */
export function searchRows(dataDir: string, find: Find): Place[] {
  const database = new DatabaseSync(join(dataDir, DATABASE), { readOnly: true });
  try {
    const tables = database.prepare("select name from sqlite_schema where type = 'table'").all() as { name: string }[];
    return tables.map(({ name }) => {
      const findings: Finding[] = [];
      for (const row of database.prepare(`select * from "${name}"`).iterate())
        for (const value of Object.values(row)) if (typeof value === 'string' || value instanceof Uint8Array) findings.push(...find(value));
      return { name: `table ${name}`, findings };
    });
  } finally {
    database.close();
  }
}
