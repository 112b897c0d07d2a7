// CRC32C (Castagnoli, reflected). A register is the checksum under way, as a signed 32-bit integer.

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let register = byte;
  for (let bit = 0; bit < 8; bit += 1) register = register & 1 ? (register >>> 1) ^ 0x82f63b78 : register >>> 1;
  return register;
});

export const crcStart = -1;

export const crcByte = (register: number, byte: number): number => (table[(register ^ byte) & 0xff] ?? 0) ^ (register >>> 8);

export const crcBytes = (register: number, bytes: Uint8Array): number => {
  let next = register;
  for (let at = 0; at < bytes.length; at += 1) next = crcByte(next, bytes[at] ?? 0);
  return next;
};

/** Four bytes, little-endian. */
export const crcInt = (register: number, value: number): number =>
  crcByte(crcByte(crcByte(crcByte(register, value), value >>> 8), value >>> 16), value >>> 24);

/** The checksum, as an unsigned 32-bit integer. */
export const crcEnd = (register: number): number => ~register >>> 0;

/**
 * What `length` zero bytes make of a register. That is a linear map of its bits, so four look-ups do for any length; the
 * register after other bytes is this one, exclusive-or what those bytes make of a register of zeros.
 */
export const crcOfZeros = (length: number): ((register: number) => number) => {
  const zeros = new Uint8Array(length);
  const ofBit = Int32Array.from({ length: 32 }, (_, bit) => crcBytes(1 << bit, zeros));
  const [first = table, second = table, third = table, fourth = table] = [0, 8, 16, 24].map((shift) =>
    Int32Array.from({ length: 256 }, (_, byte) => {
      let image = 0;
      for (let bit = 0; bit < 8; bit += 1) if (byte & (1 << bit)) image ^= ofBit[shift + bit] ?? 0;
      return image;
    }),
  );
  return (register) =>
    (first[register & 0xff] ?? 0) ^
    (second[(register >>> 8) & 0xff] ?? 0) ^
    (third[(register >>> 16) & 0xff] ?? 0) ^
    (fourth[register >>> 24] ?? 0);
};
