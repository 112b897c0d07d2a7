/** A double in the fewest digits that tell it apart; unlike String, it keeps the sign of -0. */
export function formatDouble(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A float, which is a double of 24 bits: in the fewest digits that tell it from other floats, 0.1 and not 0.10000000149011612. */
export function formatFloat(value: number): string {
  if (value === 0) return formatDouble(value);
  for (let digits = 1; digits < 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return formatDouble(shorter);
  }
  return formatDouble(Number.isFinite(value) ? Number(value.toPrecision(9)) : value);
}
