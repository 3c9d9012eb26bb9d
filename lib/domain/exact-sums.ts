/**
 * Exact sums of doubles (and of their squares) that values can join and leave. A sum is a number in base 2^24 over the
 * whole range of doubles, so it depends on the values alone, never on their order or on what was added and removed before:
 * windows that slid through a million values and windows rebuilt from the last hundred agree to the last bit.
 */

const BASE = 2 ** 24;
const PER_BASE = 2 ** -24;
const DIGIT_BITS = 24;
/** Digit 0 of a sum stands for 2^-1080, of a sum of squares for 2^-2160. */
const SUM_UNIT = -1080;
const SUM_DIGITS = 96;
const SQUARE_DIGITS = 2 * SUM_DIGITS;
/** Rows of a digit product (each below 2^48) that may pile up before carries must be resolved. */
const ROWS_PER_CARRY = 8;

/** A positive number as `mantissa * 2^exponent`, correctly rounded: squares of large values do not fit a double. */
type Scaled = { mantissa: number; exponent: number };

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
/** The digits of the value last split: |value| = Σ digit[i] * 2^(24 * (position + i) - 1080). */
const digit = new Float64Array(4);
const squareDigit = new Float64Array(8);
let position = 0;

const sumScratch = new Float64Array(SUM_DIGITS);
const squareScratch = new Float64Array(SQUARE_DIGITS + 2);
const scaled: Scaled = { mantissa: 0, exponent: 0 };

/** Splits |value| into four base-2^24 digits; returns its sign. */
function split(value: number): 1 | -1 {
  double[0] = value;
  const low = words[0]!;
  const high = words[1]!;
  const exponentBits = (high >>> 20) & 0x7ff;
  const highMantissa = exponentBits === 0 ? high & 0xfffff : (high & 0xfffff) | 0x100000;
  const power = (exponentBits === 0 ? 0 : exponentBits - 1) + 6;
  position = (power / DIGIT_BITS) | 0;
  const shift = power - position * DIGIT_BITS;
  const back = DIGIT_BITS - shift;
  const part0 = low & 0xffffff;
  const part1 = (low >>> 24) | ((highMantissa & 0xffff) << 8);
  const part2 = highMantissa >>> 16;
  digit[0] = (part0 << shift) & 0xffffff;
  digit[1] = ((part1 << shift) & 0xffffff) | (part0 >>> back);
  digit[2] = ((part2 << shift) & 0xffffff) | (part1 >>> back);
  digit[3] = part2 >>> back;
  return high >>> 31 ? -1 : 1;
}

/** Squares the digits last split into eight digits at twice their position. Written out: an array of columns costs 60 ns more. */
function square(): void {
  const a = digit[0]!;
  const b = digit[1]!;
  const c = digit[2]!;
  const d = digit[3]!;
  let rest = settle(0, a * a);
  rest = settle(1, 2 * a * b + rest);
  rest = settle(2, 2 * a * c + b * b + rest);
  rest = settle(3, 2 * (a * d + b * c) + rest);
  rest = settle(4, 2 * b * d + c * c + rest);
  rest = settle(5, 2 * c * d + rest);
  squareDigit[7] = settle(6, d * d + rest);
}

function settle(at: number, total: number): number {
  const up = Math.floor(total * PER_BASE);
  squareDigit[at] = total - up * BASE;
  return up;
}

/** Resolves carries so that every digit from `from` on is in [0, 2^24); returns the end, or -1 when the number is negative. */
function normalize(digits: Float64Array, from: number, to: number): number {
  let carry = 0;
  let end = to;
  for (let i = from; i < end || carry > 0; i++) {
    const total = (i < end ? digits[i]! : 0) + carry;
    carry = Math.floor(total * PER_BASE);
    digits[i] = total - carry * BASE;
    if (i >= end) end = i + 1;
  }
  return carry < 0 ? -1 : end;
}

/** Rounds normalized digits to a double's 53 bits once, half to even. `rest`: something non-zero lies below the digits. */
function round(digits: Float64Array, from: number, to: number, unit: number, rest: boolean): Scaled {
  let top = to - 1;
  while (top >= from && digits[top] === 0) top--;
  if (top < from) {
    scaled.mantissa = 0;
    scaled.exponent = 0;
    return scaled;
  }
  const at = (i: number) => (i >= from ? digits[i]! : 0);
  let below = at(top - 2) * BASE + at(top - 3);
  let sticky = rest;
  for (let i = top - 4; !sticky && i >= from; i--) sticky = digits[i] !== 0;
  if (sticky && below % 2 === 0) below += 1; // round to odd: the one addition below then rounds the whole number correctly
  scaled.mantissa = (at(top) * BASE + at(top - 1)) * BASE * BASE + below;
  scaled.exponent = DIGIT_BITS * (top - 3) + unit;
  return scaled;
}

const LARGEST_POWER = 1200;
/** Powers of two by exponent: `**` takes 60 ns. */
const powers = Float64Array.from({ length: 2 * LARGEST_POWER + 1 }, (_, i) => 2 ** (i - LARGEST_POWER));

/** In two steps, because 2^exponent alone may lie outside a double's range while the product does not. */
function toDouble(mantissa: number, exponent: number): number {
  const half = exponent >> 1;
  return mantissa * powers[half + LARGEST_POWER]! * powers[exponent - half + LARGEST_POWER]!;
}

/** The sum of the values of a window, and of their squares where asked for, to the last bit: what is removed leaves nothing behind. */
export class ExactSums {
  #sum = new Float64Array(SUM_DIGITS);
  #squares: Float64Array | null;
  /** The digits in use, so that reading costs what the values' range of magnitudes asks for: three to five for usual metrics. */
  #from = SUM_DIGITS;
  #to = 0;

  constructor(withSquares: boolean) {
    this.#squares = withSquares ? new Float64Array(SQUARE_DIGITS) : null;
  }

  add(value: number): void {
    this.#move(value, 1);
  }

  remove(value: number): void {
    this.#move(value, -1);
  }

  #move(value: number, direction: 1 | -1): void {
    if (value === 0) return;
    const sign = split(value) * direction;
    const sum = this.#sum;
    const at = position;
    for (let i = 0; i < 4; i++) sum[at + i]! += sign * digit[i]!;
    if (at < this.#from) this.#from = at;
    if (at + 4 > this.#to) this.#to = at + 4;
    if (this.#squares === null) return;
    square();
    const squares = this.#squares;
    for (let i = 0; i < 8; i++) squares[2 * at + i]! += direction * squareDigit[i]!;
  }

  /** The arithmetic mean of the `count` values in the sum: exact, then rounded once. */
  mean(count: number): number {
    let sign = 1;
    let end = this.#copySum(1);
    if (end < 0) {
      sign = -1;
      end = this.#copySum(-1);
    }
    let remainder = 0;
    for (let i = end - 1; i >= this.#from; i--) {
      const total = remainder * BASE + sumScratch[i]!;
      const quotient = Math.floor(total / count);
      remainder = total - quotient * count;
      sumScratch[i] = quotient;
    }
    // Digits below the lowest one in use: the quotient goes on there, and 53 bits may need up to four of them.
    let from = this.#from;
    for (let i = 0; i < 4 && remainder !== 0 && from > 0; i++) {
      const total = remainder * BASE;
      const quotient = Math.floor(total / count);
      remainder = total - quotient * count;
      sumScratch[--from] = quotient;
    }
    const { mantissa, exponent } = round(sumScratch, from, end, SUM_UNIT, remainder !== 0);
    return sign * toDouble(mantissa, exponent);
  }

  /** (value − mean) / population standard deviation of the `count` values in the sums; null when they are all equal. */
  zscore(value: number, count: number): number | null {
    this.#shrink();
    const spread = this.#countTimesSquaresMinusSquaredSum(count);
    if (spread.mantissa === 0) return null;
    const deviation = Math.sqrt(spread.mantissa); // of n² · variance; its exponent is even by construction
    const deviationExponent = spread.exponent / 2;
    const distance = this.#countTimesValueMinusSum(value, count);
    return toDouble(distance.mantissa / deviation, distance.exponent - deviationExponent);
  }

  /** Copies the sum, or its negation, into the scratch digits and resolves the carries; -1 when that is negative. */
  #copySum(sign: 1 | -1): number {
    this.#shrink();
    for (let i = this.#from; i < this.#to; i++) sumScratch[i] = sign * this.#sum[i]!;
    return normalize(sumScratch, this.#from, this.#to);
  }

  #shrink(): void {
    while (this.#from < this.#to && this.#sum[this.#from] === 0 && this.#isSquareZero(this.#from)) this.#from++;
    while (this.#to > this.#from && this.#sum[this.#to - 1] === 0 && this.#isSquareZero(this.#to - 1)) this.#to--;
    if (this.#from >= this.#to) {
      this.#from = SUM_DIGITS;
      this.#to = 0;
    }
  }

  #isSquareZero(at: number): boolean {
    return this.#squares === null || (this.#squares[2 * at] === 0 && this.#squares[2 * at + 1] === 0);
  }

  #countTimesSquaresMinusSquaredSum(count: number): Scaled {
    const from = 2 * this.#from;
    const to = Math.min(2 * this.#to + 4, SQUARE_DIGITS);
    if (this.#to === 0) return round(squareScratch, 0, 0, 2 * SUM_UNIT, false);
    let end = this.#copySum(1);
    if (end < 0) end = this.#copySum(-1);
    for (let i = from; i < to; i++) squareScratch[i] = count * this.#squares![i]!;
    let last = normalize(squareScratch, from, to);
    for (let i = this.#from, rows = 1; i < end; i++, rows++) {
      const left = sumScratch[i]!;
      for (let j = this.#from; j < end; j++) squareScratch[i + j]! -= left * sumScratch[j]!;
      if (rows % ROWS_PER_CARRY === 0) carry(squareScratch, from, last);
    }
    last = normalize(squareScratch, from, last);
    return round(squareScratch, from, last, 2 * SUM_UNIT, false);
  }

  #countTimesValueMinusSum(value: number, count: number): Scaled {
    const end = this.#difference(value, count, 1);
    if (end >= 0) return round(sumScratch, this.#low(value), end, SUM_UNIT, false);
    const negative = round(sumScratch, this.#low(value), this.#difference(value, count, -1), SUM_UNIT, false);
    negative.mantissa = -negative.mantissa;
    return negative;
  }

  /** The lowest digit that the sum or the value just split takes part in. */
  #low(value: number): number {
    return value === 0 ? this.#from : Math.min(this.#from, position);
  }

  /** direction * (count * value - sum) into the scratch digits; returns their end, -1 when that is negative. */
  #difference(value: number, count: number, direction: 1 | -1): number {
    const factor = value === 0 ? 0 : split(value) * direction * count;
    const from = this.#low(value);
    const to = value === 0 ? this.#to : Math.max(this.#to, position + 4);
    for (let i = from; i < to; i++) sumScratch[i] = i >= this.#from && i < this.#to ? -direction * this.#sum[i]! : 0;
    if (value !== 0) for (let i = 0; i < 4; i++) sumScratch[position + i]! += factor * digit[i]!;
    return normalize(sumScratch, from, to);
  }
}

/** Moves carries one digit up without deciding the sign: the top digit keeps what is left. */
function carry(digits: Float64Array, from: number, to: number): void {
  for (let i = from; i < to - 1; i++) {
    const up = Math.floor(digits[i]! * PER_BASE);
    digits[i]! -= up * BASE;
    digits[i + 1]! += up;
  }
}
