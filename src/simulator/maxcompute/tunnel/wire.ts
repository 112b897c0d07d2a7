/** Wire types of protobuf (protocol section 13.1). */
export const wireTypes = { varint: 0, fixed64: 1, delimited: 2, fixed32: 5 } as const;

/** Field numbers that are not columns. */
export const endOfRecord = 33_553_408;
export const recordCount = 33_554_430;
export const overallChecksum = 33_554_431;

/** An unsigned number below 2^64, seven bits a byte, lowest first. */
export const varint = (value: number | bigint): Buffer => {
  const bytes: number[] = [];
  let left = BigInt(value);
  for (; left > 0x7fn; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(left)]);
};

/** A signed 64-bit number: small ones of either sign are short. */
export const zigzag = (value: number | bigint): Buffer => {
  const number = BigInt(value);
  return varint(BigInt.asUintN(64, (number << 1n) ^ (number >> 63n)));
};

export const tag = (field: number, wireType: number): Buffer => varint(field * 8 + wireType);
