import type { JsonObject } from '#lib/domain/json.ts';
import { invalid } from '#lib/errors.ts';
import { parseLooseJson } from './loose-json.ts';

export type PageArguments = { after?: string | null; first?: number | null };

const DEFAULT_PAGE = 50;
const MAX_PAGE = 1000;

export const pageSize = ({ first }: PageArguments): number => Math.min(MAX_PAGE, Math.max(1, first ?? DEFAULT_PAGE));

/** Cursors are text that only we read. */
export const toCursorText = (at: string | number): string => Buffer.from(String(at)).toString('base64url');

export const cursorText = ({ after }: PageArguments): string | undefined =>
  after ? Buffer.from(after, 'base64url').toString() : undefined;

export function cursorNumber(page: PageArguments): number | undefined {
  const text = cursorText(page);
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw invalid('"after" is no cursor of this list.');
  return Number(text);
}

/** A page out of one entry more than was asked for. */
export function toConnection<Node>(nodes: readonly Node[], limit: number, cursorOf: (node: Node) => string | number) {
  const shown = nodes.slice(0, limit);
  const edges = shown.map((node) => ({ node, cursor: toCursorText(cursorOf(node)) }));
  return { edges, pageInfo: { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: nodes.length > limit } };
}

/** The client's JSON filters: null and the empty text are none. */
export function parseFilters(text: string | null | undefined): JsonObject {
  if (!text) return {};
  let filters: unknown;
  try {
    filters = parseLooseJson(text);
  } catch {
    throw invalid('"filters" is not JSON.');
  }
  if (filters === null) return {};
  if (typeof filters !== 'object' || Array.isArray(filters)) throw invalid('"filters" is not a JSON object.');
  return filters as JsonObject;
}

export const isoTime = (at: number): string => new Date(at).toISOString();
