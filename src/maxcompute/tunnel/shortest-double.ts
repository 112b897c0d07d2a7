// Doubles of sixteen and seventeen digits, which most computed ones are. String makes an object of each and takes more than twice as long.

import { putEight } from "./digit-pairs.ts";

const zero = 48;
const point = 46;

const leastExponent = -20;
const mostExponent = 50;
const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Half the distance to the next double, of the doubles from 2^leastExponent on. */
const halfGaps = Float64Array.from({ length: mostExponent - leastExponent + 1 }, (_, index) => 2 ** (index + leastExponent - 53));

/** How many places to the left the point goes for 17 digits before it, of those doubles; of some of them one less. */
const shifts = Int8Array.from(halfGaps, (_, index) => 16 - Math.floor((index + leastExponent) * Math.log10(2)));

/** Splits a double in two of 26 bits, whose products are exact (Dekker). */
const splitter = 2 ** 27 + 1;

/** What rounding may have done to the remainder below; a decision that close is left to String. */
const margin = 1e-6;

/** What is added to a double below it leaves no bits for a fraction. */
const roundingSum = 1.5 * 2 ** 52;

/** To the nearest whole number, of two the even one; below 2^51 in size. Quicker than Math.round, which rounds halves up. */
export function roundNear(value: number): number {
  return value + roundingSum - roundingSum;
}

const bits = new DataView(new ArrayBuffer(8));

/** The whole number nearest to `rest` with the most zeros at its end among those less than `half` away; NaN where it is too close to call. */
const roundShort = (rest: number, half: number): number => {
  const hundreds = roundNear(rest * 0.01) * 100;
  const offHundreds = Math.abs(hundreds - rest);
  if (offHundreds < half + margin) return offHundreds < half - margin ? hundreds : Number.NaN;
  const tens = roundNear(rest * 0.1) * 10;
  const offTens = Math.abs(tens - rest);
  if (offTens < half + margin) return offTens < Math.min(half, 5) - margin ? tens : Number.NaN;
  const nearest = roundNear(rest);
  return Math.abs(nearest - rest) < 0.5 - margin ? nearest : Number.NaN;
};

/**
 * Writes a positive fraction in the fewest digits that tell it apart, as String has it, and returns where they end; `at` itself for the
 * few it cannot decide: whole numbers, very large and very small ones, powers of two, and ties. Takes at most 25 bytes.
 *
 * The number times a power of ten is kept exactly, as the sum of two doubles: 17 digits before the point. Of the decimals nearer to it
 * than half a gap between doubles, the one with most zeros at its end is the shortest.
 */
export function putShortest(target: DataView, at: number, value: number): number {
  bits.setFloat64(0, value, true);
  const upperBits = bits.getInt32(4, true);
  const exponent = (upperBits >>> 20) - 1023;
  // The gap below a power of two is only half of the one above it.
  if (exponent < leastExponent || exponent >= mostExponent || ((upperBits & 0xf_ffff) === 0 && bits.getInt32(0, true) === 0))
    return at;
  let shift = shifts[exponent - leastExponent] as number;
  if (shift > 22) return at;
  if (value * (powersOfTen[shift] as number) >= 1e17) shift -= 1;
  const power = powersOfTen[shift] as number;
  const product = value * power;
  const valueSplit = value * splitter;
  const valueHigh = valueSplit - (valueSplit - value);
  const valueLow = value - valueHigh;
  const powerSplit = power * splitter;
  const powerHigh = powerSplit - (powerSplit - power);
  const powerLow = power - powerHigh;
  const error = valueLow * powerLow - (product - valueHigh * powerHigh - valueLow * powerHigh - valueHigh * powerLow);

  let upper = Math.floor(product * 1e-8);
  let lower = roundShort(product - upper * 1e8 + error, (halfGaps[exponent - leastExponent] as number) * power);
  if (lower < 0) {
    lower += 1e8;
    upper -= 1;
  } else if (lower >= 1e8) {
    lower -= 1e8;
    upper += 1;
  }
  if (!(upper >= 1e8 && upper < 1e9 && lower >= 0)) return at;

  // The digits stand one place to the right of where they belong as long as they come before the point; below 1 there are none of them.
  const whole = 17 - shift;
  const first = whole > 0 ? at + 1 : at + 2 - whole;
  const leading = (upper / 1e8) | 0;
  target.setUint8(first, zero + leading);
  putEight(target, first + 1, upper - leading * 1e8);
  putEight(target, first + 9, lower);
  for (let index = 0; index < whole; index += 1) target.setUint8(at + index, target.getUint8(first + index));
  if (whole <= 0) for (let index = at; index < first; index += 1) target.setUint8(index, zero);
  target.setUint8(at + Math.max(whole, 1), point);
  let end = first + 17;
  while (target.getUint8(end - 1) === zero) end -= 1;
  if (target.getUint8(end - 1) === point) end -= 1;
  return end;
}
