import type { MetricLine, MetricValue } from './tracked-event.ts';

/** One metric's values in line order, as parallel columns: how stored chunks look, and what a rule is judged over. */
export type MetricSeries = {
  lines: ArrayLike<number>;
  steps: ArrayLike<number>;
  /** NaN and infinities as the numbers that they are. */
  values: ArrayLike<number>;
};

const MAX_DEPTH = 64;

/** Whether something logged is a metric value: a number or a marker of a non-finite one. Booleans, other texts and null are none. */
export const isMetricValue = (value: unknown): value is MetricValue =>
  typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity';

/** The number a metric value stands for. */
export const toNumber = (value: MetricValue): number => (typeof value === 'number' ? value : Number(value));

/** The form in which a number can be written as JSON. */
export const toMetricValue = (value: number): MetricValue => (Number.isFinite(value) ? value : (String(value) as MetricValue));

/**
 * The metric values of a logged JSON object: nested keys joined with dots, everything that is no metric value left away.
 * A literal key `a.b` and a nested one are the same metric; the literal wins.
 */
export function flattenMetrics(logged: Record<string, unknown>): Record<string, MetricValue> {
  const values: Record<string, MetricValue> = Object.create(null);
  let nested: string[] | undefined;
  for (const key in logged) {
    const value = logged[key];
    if (typeof value === 'number') values[key] = Number.isFinite(value) ? value : (String(value) as MetricValue);
    else if (typeof value === 'object') {
      if (value !== null && !Array.isArray(value)) {
        nested ??= [];
        nested.push(key);
      }
    } else if (isMetricValue(value)) values[key] = value;
  }
  if (nested) for (const key of nested) flattenInto(values, `${key}.`, logged[key] as Record<string, unknown>, logged, 1);
  return values;
}

function flattenInto(
  values: Record<string, MetricValue>,
  prefix: string,
  object: Record<string, unknown>,
  logged: Record<string, unknown>,
  depth: number,
): void {
  for (const key in object) {
    const value = object[key];
    const name = prefix + key;
    if (typeof value === 'object' && value !== null) {
      if (!Array.isArray(value) && depth < MAX_DEPTH) flattenInto(values, `${name}.`, value as Record<string, unknown>, logged, depth + 1);
    } else if (!Object.hasOwn(logged, name) && !(name in values)) {
      if (typeof value === 'number') values[name] = toMetricValue(value);
      else if (isMetricValue(value)) values[name] = value;
    }
  }
}

/** The metric's value in a line; undefined when it was not logged there. */
export function metricValueIn(line: MetricLine, key: string): number | undefined {
  const value = line.values[key];
  return value === undefined || !isMetricValue(value) ? undefined : toNumber(value);
}

/** One metric's values out of a batch of lines, in line order. */
export function seriesOf(lines: readonly MetricLine[], firstLine: number, key: string): MetricSeries {
  const series = { lines: [] as number[], steps: [] as number[], values: [] as number[] };
  for (let i = 0; i < lines.length; i++) {
    const value = metricValueIn(lines[i]!, key);
    if (value === undefined) continue;
    series.lines.push(firstLine + i);
    series.steps.push(lines[i]!.step);
    series.values.push(value);
  }
  return series;
}

/** The key a metric's name stands for in a run: a name that no key has also means the system metric of that name. */
export function resolveMetricKey(name: string, hasKey: (key: string) => boolean): string {
  if (hasKey(name)) return name;
  const system = `system.${name}`;
  return hasKey(system) ? system : name;
}
