const zero = 48;
const minus = 45;

/** Of a number below 2^31. */
export function digitCount(value: number): number {
  if (value < 10_000) {
    if (value < 100) return value < 10 ? 1 : 2;
    return value < 1000 ? 3 : 4;
  }
  if (value < 1_000_000) return value < 100_000 ? 5 : 6;
  if (value < 100_000_000) return value < 10_000_000 ? 7 : 8;
  return value < 1_000_000_000 ? 9 : 10;
}

/** The two digits of every number below a hundred, as they lie in memory: written at once, they take half the time. */
const pairs = Uint16Array.from({ length: 100 }, (_, number) => (zero + Math.floor(number / 10)) | ((zero + (number % 10)) << 8));

/** A number below 100 in two digits. */
export function putTwo(target: DataView, at: number, value: number): void {
  target.setUint16(at, pairs[value] as number, true);
}

/** A number below 10,000 in four. */
export function putFour(target: DataView, at: number, value: number): void {
  const hundreds = (value / 100) | 0;
  target.setUint16(at, pairs[hundreds] as number, true);
  target.setUint16(at + 2, pairs[value - hundreds * 100] as number, true);
}

/** A number below 100,000,000 in eight. */
export function putEight(target: DataView, at: number, value: number): void {
  const whole = value | 0;
  const upper = (whole / 10_000) | 0;
  putFour(target, at, upper);
  putFour(target, at + 4, whole - upper * 10_000);
}

/** A number between -100,000,000 and 100,000,000 in as many as it has; returns where they end. */
export function putSmall(target: DataView, at: number, value: number): number {
  let from = at;
  let left = value;
  if (value < 0) {
    target.setUint8(from++, minus);
    left = -value;
  }
  let end = from + digitCount(left);
  const stop = end;
  for (; left >= 100; end -= 2) {
    const hundredth = (left / 100) | 0;
    target.setUint16(end - 2, pairs[left - hundredth * 100] as number, true);
    left = hundredth;
  }
  if (left < 10) target.setUint8(from, zero + left);
  else target.setUint16(from, pairs[left] as number, true);
  return stop;
}
