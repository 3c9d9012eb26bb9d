import { isStorable } from '#lib/domain/storable-text.ts';
import type { Method, Route } from './route.ts';

interface Branch {
  fixed: Map<string, Branch>;
  /** The branch under `{name}`. */
  open: Branch | undefined;
  routes: Map<Method, { route: Route; names: readonly string[] }>;
}

export type RouteMatch =
  | { kind: 'found'; route: Route; params: Record<string, string> }
  | { kind: 'other_method'; allow: readonly string[] }
  | { kind: 'none' };

export type RouteTable = (method: string, path: string) => RouteMatch;

const branch = (): Branch => ({ fixed: new Map(), open: undefined, routes: new Map() });

/** Compiles the patterns into a tree of segments: a look-up costs as much as the path is long, however many routes there are. */
export function compileRoutes(routes: readonly Route[]): RouteTable {
  const root = branch();
  for (const route of routes) plant(root, route);
  return (method, path) => {
    const values: string[] = [];
    const leaf = climb(root, path.split('/').slice(1), 0, values);
    if (!leaf) return { kind: 'none' };
    const entry = leaf.routes.get((method === 'HEAD' ? 'GET' : method) as Method);
    if (!entry) return { kind: 'other_method', allow: allowed(leaf) };
    const params: Record<string, string> = {};
    for (const [index, name] of entry.names.entries()) params[name] = values[index]!;
    return { kind: 'found', route: entry.route, params };
  };
}

function plant(root: Branch, route: Route): void {
  const names: string[] = [];
  let here = root;
  for (const segment of route.path.split('/').slice(1)) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name !== undefined) {
      names.push(name);
      here.open ??= branch();
      here = here.open;
    } else {
      const next = here.fixed.get(segment) ?? branch();
      here.fixed.set(segment, next);
      here = next;
    }
  }
  if (here.routes.has(route.method)) throw new Error(`Two routes for ${route.method} ${route.path}`);
  here.routes.set(route.method, { route, names });
}

/** A fixed segment wins over `{name}`; `values` collects what the open ones matched. */
function climb(here: Branch, segments: readonly string[], at: number, values: string[]): Branch | undefined {
  if (at === segments.length) return here.routes.size > 0 ? here : undefined;
  const segment = segments[at]!;
  const fixed = here.fixed.get(segment);
  const found = fixed && climb(fixed, segments, at + 1, values);
  if (found || !here.open) return found;
  const value = decode(segment);
  if (!value) return undefined;
  values.push(value);
  const open = climb(here.open, segments, at + 1, values);
  if (!open) values.pop();
  return open;
}

function decode(segment: string): string | undefined {
  try {
    const name = decodeURIComponent(segment);
    return isStorable(name) ? name : undefined;
  } catch {
    return undefined; // a broken escape names nothing
  }
}

function allowed(leaf: Branch): string[] {
  return [...leaf.routes.keys(), ...(leaf.routes.has('GET') ? ['HEAD'] : []), 'OPTIONS'];
}
