const zero = 48;

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
