import { BROWSER, BROWSER_SAFE, DOMAIN_PACKAGES, MAY_IMPORT, RESERVED } from './boundaries.ts';
import type { ImportGraph } from './import-graph.ts';

const isTest = (file: string) => /[.]test[.]tsx?$|\/testing[\w-]*([.]ts|\/)|fixtures/.test(file);
const isUnder = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);
const isUnderAny = (file: string, folders: readonly string[]) => folders.some((folder) => isUnder(file, folder));

/** One sentence per import that the table of boundaries does not allow. Tests may import what they test with. */
export function findViolations(graph: ImportGraph): string[] {
  const product = new Map([...graph].filter(([file]) => !isTest(file)));
  return [
    ...unresolved(graph),
    ...forbidden(product),
    ...reserved(product),
    ...impureDomain(product),
    ...reachesServer(product),
    ...cycles(product),
  ];
}

function unresolved(graph: ImportGraph): string[] {
  return [...graph].flatMap(([file, imports]) => imports.unresolved.map((name) => `${file} imports ${name}, which does not exist`));
}

function homeOf(file: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((folder) => isUnder(file, folder))
    .sort((a, b) => b.length - a.length)[0];
}

function forbidden(graph: ImportGraph): string[] {
  return [...graph].flatMap(([file, imports]) => {
    const home = homeOf(file);
    if (home === undefined)
      return /^lib\/.+\//.test(file) ? [`${file} lies in a folder that scripts/checks/boundaries.ts does not know`] : [];
    const open = [...MAY_IMPORT[home]!, home, 'lib/errors.ts'];
    return imports.files
      .filter(
        (target) =>
          /[.](tsx?|mjs)$/.test(target) && !open.includes(homeOf(target) ?? target) && !(open.includes('lib') && isUnder(target, 'lib')),
      )
      .map((target) => `${file} imports ${target}: ${home} may import ${MAY_IMPORT[home]!.join(', ') || 'nothing of ours'}`);
  });
}

function reserved(graph: ImportGraph): string[] {
  return RESERVED.flatMap(({ modules, only }) =>
    [...graph]
      .filter(([file]) => homeOf(file) !== undefined && !isUnderAny(file, only))
      .flatMap(([file, { packages, builtins }]) =>
        [...packages, ...builtins]
          .filter((name) => modules.includes(name))
          .map((name) => `${file} imports ${name}: only ${only.join(', ')} may`),
      ),
  );
}

function impureDomain(graph: ImportGraph): string[] {
  return [...graph].flatMap(([file, { packages, builtins }]) => {
    if (!isUnderAny(file, ['lib/domain', 'lib/contracts', 'lib/client'])) return [];
    const foreign = isUnder(file, 'lib/domain') ? packages.filter((name) => !DOMAIN_PACKAGES.includes(name)) : [];
    return [...builtins, ...foreign].map(
      (name) => `${file} imports ${name}: it must run in a browser, on ${DOMAIN_PACKAGES.join(', ')} alone`,
    );
  });
}

function reachesServer(graph: ImportGraph): string[] {
  const seen = new Set<string>();
  const queue = [...graph.keys()].filter((file) => isUnderAny(file, BROWSER));
  const found: string[] = [];
  for (const file of queue) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const target of graph.get(file)?.files ?? []) {
      if (isUnderAny(target, BROWSER_SAFE)) queue.push(target);
      else found.push(`${file} leads the browser to ${target}`);
    }
  }
  return found;
}

function cycles(graph: ImportGraph): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push(`a cycle: ${[...path.slice(start), file].join(' → ')}`);
    if (start >= 0 || done.has(file)) return;
    for (const target of graph.get(file)?.loaded ?? []) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
}
