import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const FOLDERS = /^(app|bench|components|docs|e2e|lib|public|scripts|sdk-tests|[.]ci)\//;
const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g;
const CODE = /`([^`\s]+)`/g;

const documents = globSync(['*.md', '{app,bench,components,docs,e2e,lib,scripts,sdk-tests}/**/*.md'], { cwd: ROOT });
const missing = documents.flatMap((document) => {
  const text = readFileSync(join(ROOT, document), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  const links = [...text.matchAll(LINK)].map(([, target]) => join(dirname(document), target!));
  const paths = [...text.matchAll(CODE)].map(([, code]) => code!).filter((code) => FOLDERS.test(code));
  return [...links, ...paths].filter((path) => !exists(path)).map((path) => `${document} names ${path}, which does not exist`);
});

/** `lib/api/routes/*.ts` and `lib/{api,store}` stand for what they match; `<resource>` and `…` are left to the reader. */
function exists(path: string): boolean {
  if (/[<>…]/.test(path)) return true;
  if (/[*{]/.test(path)) return globSync(path, { cwd: ROOT }).length > 0;
  return existsSync(join(ROOT, path));
}

/** A row of a table that names a test in backquotes, then the file in which it stands. */
const NAMED_TEST = /^\|.*`([^`]+)` \| `([^`]+\.(?:test|spec)\.ts)` \|$/gm;
const untested = documents.flatMap((document) =>
  [...readFileSync(join(ROOT, document), 'utf8').matchAll(NAMED_TEST)]
    .filter(([, test, file]) => existsSync(join(ROOT, file!)) && !readFileSync(join(ROOT, file!), 'utf8').includes(`'${test}'`))
    .map(([, test, file]) => `${document} names the test "${test}", which is not in ${file}`),
);

for (const problem of [...missing, ...untested]) console.error(`docs: ${problem}`);
console.log(`docs: ${documents.length} documents, ${missing.length} paths and ${untested.length} tests that do not exist`);
process.exitCode = missing.length + untested.length > 0 ? 1 : 0;
