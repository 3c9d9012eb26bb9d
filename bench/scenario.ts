export interface Measurement {
  name: string;
  value: number;
  unit: string;
}

export interface Scenario {
  name: string;
  run(): Promise<Measurement[]>;
}

/** What this share of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;
}

/** The middle and the slow end of what was measured. */
export function percentiles(name: string, durationsMs: readonly number[]): Measurement[] {
  return [
    { name: `${name}, median`, value: percentile(durationsMs, 0.5), unit: 'ms' },
    { name: `${name}, 99 %`, value: percentile(durationsMs, 0.99), unit: 'ms' },
  ];
}
