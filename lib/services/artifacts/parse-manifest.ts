import { fileNameFault } from '#lib/domain/file-names.ts';
import { isJsonObject } from '#lib/domain/is-json-object.ts';
import { isDeeperThan, type JsonObject, type JsonValue, MAX_JSON_DEPTH } from '#lib/domain/json.ts';
import { findUnstorable, mayHoldUnstorable } from '#lib/domain/storable-text.ts';
import { invalid } from '#lib/errors.ts';

/** A longer list is more than a process should hold, and more than others should wait for. */
const MAX_FILES = 200_000;
const MAX_DIGEST = 1024;
/** Of a process that is checking a long list others get their turn. */
const CHECKED_PER_TURN = 2_000;

export type ListedFile = JsonObject & { digest: string; size?: number | null; ref?: string | null; birthArtifactID?: string | null };
export type ManifestFile = { rest: JsonObject; contents: Map<string, ListedFile> };

/** What the client uploaded as a manifest; throws `invalid` where it is none, or names what cannot be kept. */
export async function parseManifest(text: string): Promise<ManifestFile> {
  const parsed = parseJson(text);
  if (!isJsonObject(parsed) || !isJsonObject(parsed.contents))
    throw invalid('The manifest has no "contents", an object of files by their names.');
  if (isDeeperThan(parsed, MAX_JSON_DEPTH)) throw invalid(`The manifest is nested deeper than ${MAX_JSON_DEPTH} levels.`);
  if (mayHoldUnstorable(text) && findUnstorable(parsed))
    throw invalid('The manifest holds a NUL character or half a character (a lone surrogate). Remove it.');
  const { contents, ...rest } = parsed;
  const files = Object.entries(contents);
  requireFewFiles(files.length);
  const checked = new Map<string, ListedFile>();
  for (const [path, file] of files) {
    if (checked.size % CHECKED_PER_TURN === 0) await new Promise(setImmediate);
    const fault = fileNameFault(path) ?? listedFault(file);
    if (fault) throw invalid(`The manifest’s file "${path}": ${fault}`);
    checked.set(path, file as ListedFile);
  }
  return { rest, contents: checked };
}

/** Throws `invalid` for more files than one version holds. */
export function requireFewFiles(count: number): void {
  if (count <= MAX_FILES) return;
  const [most, given] = [MAX_FILES, count].map((number) => number.toLocaleString('en'));
  throw invalid(
    `A version holds at most ${most} files; this manifest names ${given}. Put small files into archives, or log several artifacts.`,
  );
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The manifest is not JSON.');
  }
}

const isTextOrNone = (value: JsonValue | undefined) => value === undefined || value === null || typeof value === 'string';

function listedFault(file: JsonValue): string | null {
  if (!isJsonObject(file) || typeof file.digest !== 'string') return 'it has no digest.';
  if (file.digest.length > MAX_DIGEST) return `its digest has at most ${MAX_DIGEST} characters.`;
  const { size, ref, birthArtifactID } = file;
  if (size !== undefined && size !== null && !(Number.isSafeInteger(size) && (size as number) >= 0))
    return `its size must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER.toLocaleString('en')}.`;
  return isTextOrNone(ref) && isTextOrNone(birthArtifactID) ? null : 'its ref and birthArtifactID must be texts.';
}
