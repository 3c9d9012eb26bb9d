export interface Measurement {
  name: string;
  value: number;
  unit: string;
}

export interface Scenario {
  name: string;
  run(): Promise<Measurement[]>;
}

/** The middle and the slow end of what was measured. */
export function percentiles(name: string, durationsMs: readonly number[]): Measurement[] {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return [
    { name: `${name}, median`, value: at(0.5), unit: 'ms' },
    { name: `${name}, 99 %`, value: at(0.99), unit: 'ms' },
  ];
}
