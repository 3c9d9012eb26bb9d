import { existsSync, globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from '@swc/core';

/** What a file names in `import`, `export … from`, `import()` and `import('…')` types. */
export interface Imports {
  files: string[];
  /** Those of `files` that are more than types: what is loaded when the program runs. */
  loaded: string[];
  packages: string[];
  builtins: string[];
  unresolved: string[];
}

export type ImportGraph = ReadonlyMap<string, Imports>;

const BUILTINS = new Set(builtinModules);

export function readImportGraph(root: string, folders: readonly string[]): ImportGraph {
  const files = globSync([...folders.map((folder) => `${folder}/**/*.{ts,tsx,mjs}`), '*.ts'], { cwd: root });
  return new Map(files.map((file) => [file, importsOf(root, file, specifiers(file, readFileSync(join(root, file), 'utf8')))]));
}

function importsOf(root: string, file: string, found: Specifier[]): Imports {
  const imports: Imports = { files: [], loaded: [], packages: [], builtins: [], unresolved: [] };
  for (const { name, typesOnly } of found) {
    const path = ourPath(file, name);
    if (path !== undefined && !existsSync(join(root, path))) imports.unresolved.push(name);
    else if (path !== undefined) {
      imports.files.push(path);
      if (!typesOnly) imports.loaded.push(path);
    } else if (name.startsWith('node:') || BUILTINS.has(name)) imports.builtins.push(name.replace('node:', ''));
    else imports.packages.push(packageOf(name));
  }
  return imports;
}

function ourPath(file: string, name: string): string | undefined {
  if (name.startsWith('#')) return name.slice(1);
  if (name.startsWith('.')) return normalize(join(dirname(file), name));
}

function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}

function specifiers(file: string, source: string): Specifier[] {
  const found: Specifier[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const name = specifierOf(node as SyntaxNode);
    if (name !== undefined) found.push({ name, typesOnly: isTypesOnly(node as SyntaxNode) });
    Object.values(node).forEach(visit);
  };
  visit(parseSync(source, { syntax: 'typescript', tsx: file.endsWith('.tsx') }).body);
  return found;
}

interface Specifier {
  name: string;
  typesOnly: boolean;
}

interface SyntaxNode {
  typeOnly?: boolean;
  specifiers?: { isTypeOnly?: boolean }[];
  type?: string;
  source?: { value?: string } | null;
  callee?: { type: string };
  arguments?: { expression: { type: string; value?: unknown } }[];
  argument?: { value?: string };
}

function specifierOf(node: SyntaxNode): string | undefined {
  if (node.type === 'TsImportType') return node.argument?.value;
  if (node.type === 'CallExpression' && node.callee?.type === 'Import') {
    const first = node.arguments?.[0]?.expression;
    return first?.type === 'StringLiteral' ? String(first.value) : undefined;
  }
  if (node.type === 'ImportDeclaration' || node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration')
    return node.source?.value;
}

function isTypesOnly(node: SyntaxNode): boolean {
  if (node.type === 'TsImportType' || node.typeOnly) return true;
  return node.type === 'ImportDeclaration' && node.specifiers!.length > 0 && node.specifiers!.every((specifier) => specifier.isTypeOnly);
}
