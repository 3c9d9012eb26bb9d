import type { JsonValue } from '#lib/domain/json.ts';
import type { ConsoleLine } from '#lib/domain/run-stream.ts';

/** `[ERROR ]<ISO time with microseconds> [label ]text`, as the client writes it without structured console logs. */
const TIMED = /^(?:(ERROR|WARN|INFO|DEBUG) )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z?) ?(.*)$/s;

/** A line of the console file: text, or a JSON object of level, time, label and content. */
export function parseConsoleLine(text: string): ConsoleLine {
  return structured(text) ?? timed(text) ?? { at: null, level: null, label: null, content: text };
}

function structured(text: string): ConsoleLine | undefined {
  if (!text.startsWith('{')) return undefined;
  let line: JsonValue;
  try {
    line = JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
  if (typeof line !== 'object' || line === null || Array.isArray(line) || typeof line.content !== 'string') return undefined;
  const { level, ts, label, content } = line;
  return {
    at: typeof ts === 'string' ? timeOf(ts, '') : null,
    level: typeof level === 'string' && level !== '' ? level : null,
    label: typeof label === 'string' && label !== '' ? label : null,
    content,
  };
}

function timed(text: string): ConsoleLine | undefined {
  const match = TIMED.exec(text);
  if (!match) return undefined;
  const [, level = null, time, zone, content] = match;
  return { at: timeOf(time!, zone!), level: level?.toLowerCase() ?? null, label: null, content: content! };
}

/** The client writes UTC without saying so. */
function timeOf(text: string, zone: string): number | null {
  const parsed = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) || zone ? text + zone : `${text}Z`);
  return Number.isNaN(parsed) ? null : parsed;
}
