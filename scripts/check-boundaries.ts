import { join } from 'node:path';
import { findViolations } from './checks/find-violations.ts';
import { readImportGraph } from './checks/import-graph.ts';

const graph = readImportGraph(join(import.meta.dirname, '..'), ['app', 'components', 'lib']);
const edges = [...graph.values()].reduce((sum, imports) => sum + imports.files.length, 0);
const violations = edges === 0 ? ['no import of ours was seen: the check itself is broken'] : findViolations(graph);

for (const violation of violations) console.error(`boundaries: ${violation}`);
console.log(`boundaries: ${graph.size} files, ${edges} imports, ${violations.length} violations`);
process.exitCode = violations.length > 0 ? 1 : 0;
