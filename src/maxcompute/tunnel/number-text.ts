const zero = 48;
const nine = 57;
const plus = 43;
const minus = 45;
const point = 46;

const isDigit = (byte: number | undefined): boolean => (byte as number) >= zero && (byte as number) <= nine;
const isSign = (byte: number | undefined): boolean => byte === plus || byte === minus;
const isE = (byte: number | undefined): boolean => ((byte as number) | 32) === 101;

const skipDigits = (bytes: Buffer, from: number, to: number): number => {
  let at = from;
  while (at < to && isDigit(bytes[at])) at += 1;
  return at;
};

/** Whether the bytes are a number: `[+-]? (digits [.digits] | .digits) ([eE] [+-]? digits)?`, also `1.` */
export function isNumberText(bytes: Buffer, from: number, to: number): boolean {
  const whole = from < to && isSign(bytes[from]) ? from + 1 : from;
  const wholeEnd = skipDigits(bytes, whole, to);
  const hasPoint = wholeEnd < to && bytes[wholeEnd] === point;
  const end = hasPoint ? skipDigits(bytes, wholeEnd + 1, to) : wholeEnd;
  if (end - whole === (hasPoint ? 1 : 0)) return false;
  if (end === to) return true;
  if (!isE(bytes[end])) return false;
  const exponent = end + 1 < to && isSign(bytes[end + 1]) ? end + 2 : end + 1;
  return exponent < to && skipDigits(bytes, exponent, to) === to;
}
