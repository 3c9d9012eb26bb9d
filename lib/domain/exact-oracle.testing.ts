/** Exact arithmetic on doubles by big integers: slow, obvious, and independent of what it checks. */

/** value = numerator * 2^-1074 */
export function toInteger(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const magnitude = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1);
  return bits >> 63n ? -magnitude : magnitude;
}

/** The double nearest to numerator / denominator * 2^-1074, ties to even. */
export function toNearestDouble(numerator: bigint, denominator: bigint): number {
  const sign = numerator < 0n ? -1 : 1;
  const magnitude = numerator < 0n ? -numerator : numerator;
  let low = 0n;
  let high = 0x7fefffffffffffffn; // bit patterns of doubles are ordered like the doubles
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (toInteger(ofBits(middle)) * denominator <= magnitude) low = middle;
    else high = middle - 1n;
  }
  const below = magnitude - toInteger(ofBits(low)) * denominator;
  const above = toInteger(ofBits(low + 1n)) * denominator - magnitude;
  const up = above < below || (above === below && low % 2n === 1n);
  return sign * ofBits(up ? low + 1n : low);
}

function ofBits(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

export const exactMean = (values: readonly number[]) =>
  toNearestDouble(
    values.reduce((sum, value) => sum + toInteger(value), 0n),
    BigInt(values.length),
  );

/** -1, 0 or 1: how the z-score of `value` against `values` compares with `threshold`; null when all values are equal. */
export function compareZscore(value: number, values: readonly number[], threshold: number): number | null {
  const n = BigInt(values.length);
  const integers = values.map(toInteger);
  const sum = integers.reduce((total, item) => total + item, 0n);
  const spread = n * integers.reduce((total, item) => total + item * item, 0n) - sum * sum;
  if (spread === 0n) return null;
  const distance = n * toInteger(value) - sum;
  // z = distance / sqrt(spread); compare distance² · 2^2148 with threshold² · spread, threshold as an integer of 2^-1074
  const limit = toInteger(threshold);
  const left = distance * (distance < 0n ? -distance : distance) * 2n ** 2148n;
  const right = limit * (limit < 0n ? -limit : limit) * spread;
  return left < right ? -1 : left > right ? 1 : 0;
}
