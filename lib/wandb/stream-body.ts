import { isUtf8 } from 'node:buffer';
import { isJsonObject } from '#lib/domain/is-json-object.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { StreamLines, StreamParts } from '#lib/domain/run-stream.ts';
import { invalid } from '#lib/errors.ts';
import { parseConsoleLine } from './console-line.ts';
import { parseEventsLine, parseHistoryLine, parseLoggedObject } from './logged-line.ts';
import { parseLooseJson } from './loose-json.ts';

type Json = Record<string, JsonValue>;
type SentFile = { offset: number; content: string[] };

const HISTORY = 'wandb-history.jsonl';
const EVENTS = 'wandb-events.jsonl';
const SUMMARY = 'wandb-summary.json';
const CONSOLE = 'output.log';
const MOST_LINES = 10_000_000;

/** What a request of the client's file stream says. A line that is no JSON keeps its place and its text; nothing is lost. */
export function parseStreamBody(bytes: Buffer): StreamParts {
  if (bytes.length === 0) return {};
  if (!isUtf8(bytes)) throw invalid('The body is not UTF-8 text.');
  const body = parseBody(bytes.toString('utf8'));
  const files = isJsonObject(body.files) ? body.files : {};
  const history = fileOf(files, HISTORY);
  const events = fileOf(files, EVENTS);
  const summary = fileOf(files, SUMMARY)?.content.at(-1);
  const console = fileOf(files, CONSOLE);
  const exitCode = typeof body.exitcode === 'number' ? body.exitcode : body.complete === true ? 0 : undefined;
  return {
    ...(history && { history: toLines(history, parseHistoryLine) }),
    ...(events && { system: toLines(events, parseEventsLine) }),
    ...(console && { console: { firstLine: console.offset, lines: console.content.map(parseConsoleLine) } }),
    ...(summary !== undefined && { summary: parseLoggedObject(summary) }),
    ...(body.preempting === true && { preempting: true }),
    ...(body.complete === true && exitCode !== undefined && { exitCode }),
  };
}

function parseBody(text: string): Json {
  let body: JsonValue;
  try {
    body = parseLooseJson(text);
  } catch (error) {
    throw invalid(`The body is not JSON: ${(error as Error).message}`);
  }
  if (!isJsonObject(body)) throw invalid('The body is not a JSON object.');
  return body;
}

function fileOf(files: Json, name: string): SentFile | undefined {
  const file = files[name];
  if (file === undefined || file === null) return undefined;
  if (!isJsonObject(file)) throw invalid(`files.${name} is not an object.`);
  const { offset = 0, content = [] } = file;
  if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || offset < 0 || offset > MOST_LINES) {
    throw invalid(`files.${name}.offset is no line number.`);
  }
  if (!Array.isArray(content) || !content.every((line) => typeof line === 'string')) {
    throw invalid(`files.${name}.content is no list of lines.`);
  }
  return content.length === 0 ? undefined : { offset, content: content as string[] };
}

function toLines({ offset, content }: SentFile, parse: (text: string, previousStep: number) => StreamLines['lines'][number]): StreamLines {
  const lines: StreamLines['lines'] = [];
  let step = -1;
  for (const text of content) {
    const line = parse(text, step);
    step = line.step;
    lines.push(line);
  }
  return { firstLine: offset, lines, lastText: content.at(-1)! };
}
