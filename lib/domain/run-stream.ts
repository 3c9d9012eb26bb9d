import type { JsonValue } from './json.ts';
import type { Run } from './run.ts';
import type { MetricLine } from './tracked-event.ts';

/** The two streams of lines that a run has: what its script logs, and what the client measures of the machine. */
export type MetricStream = 'history' | 'system';

/**
 * A logged line with what it holds besides metrics: text, booleans, media, nested objects as they were, and the client's
 * own clocks, which are no metrics but are stored like them.
 */
export type LoggedLine = MetricLine & { others?: Record<string, JsonValue>; clocks?: Record<string, number> };

/** Lines of one stream by their place in it. A place that is known already was sent again. */
export type StreamLines = {
  firstLine: number;
  lines: LoggedLine[];
  /** The last line as it was sent: a resumed run goes on from it. */
  lastText: string;
};

export type ConsoleLine = { at: number | null; level: string | null; label: string | null; content: string };

/** One request of a run's file stream. Without any of these it is a heartbeat. */
export type StreamParts = {
  history?: StreamLines;
  system?: StreamLines;
  console?: { firstLine: number; lines: ConsoleLine[] };
  /** The whole summary. */
  summary?: Record<string, JsonValue>;
  preempting?: boolean;
  /** The run's process has ended with this code. */
  exitCode?: number;
};

/** Where a run's lines with a metric lie: the client keeps the machine's metrics apart, other trackers log them like any. */
export const streamOfMetric = (source: Run['source'], metric: string): 'history' | 'system' =>
  source === 'stream' && metric.startsWith('system.') ? 'system' : 'history';
