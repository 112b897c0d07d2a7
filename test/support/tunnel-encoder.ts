// Writes record streams as the instance tunnel does (protocol section 13.1), byte by byte and from the reference alone: it is slow, plain,
// and shares nothing with the client that reads them.

/** CRC32C, one bit at a time. */
export function plainCrc32c(bytes: Iterable<number>): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export const littleEndian = (value: bigint, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn));

export const varint = (value: bigint): number[] => {
  const septets: number[] = [];
  for (let left = value; ; left >>= 7n) {
    const septet = Number(left & 0x7fn);
    if (left < 0x80n) return [...septets, septet];
    septets.push(septet | 0x80);
  }
};

export const zigzag = (value: bigint): number[] => varint(value >= 0n ? value * 2n : -value * 2n - 1n);

/** What goes over the wire, and what of it the record's checksum is made of. */
export type Encoded = { readonly wire: readonly number[]; readonly summed: readonly number[] };

/** A column's value: what its tag says of it, and how it is written. */
export type EncodedField = Encoded & { readonly wireType: 0 | 1 | 2 | 5 };

const tag = (field: number, wireType: number) => varint(BigInt(field * 8 + wireType));
const uint32 = (value: number) => varint(BigInt(value));

const record = (fields: readonly (EncodedField | null)[]) => {
  const wire: number[] = [];
  const summed: number[] = [];
  fields.forEach((field, index) => {
    if (field === null) return;
    wire.push(...tag(index + 1, field.wireType), ...field.wire);
    summed.push(...littleEndian(BigInt(index + 1), 4), ...field.summed);
  });
  const crc = plainCrc32c(summed);
  return { bytes: [...wire, ...tag(33_553_408, 0), ...uint32(crc)], crc };
};

const metricsBytes = (metrics: string) => {
  const json = [...Buffer.from(metrics)];
  const crc = plainCrc32c([...littleEndian(33_554_175n, 4), ...json]);
  return [...tag(33_554_175, 2), ...uint32(json.length), ...json, ...tag(33_554_176, 0), ...uint32(crc)];
};

export type StreamParts = { readonly records: readonly Uint8Array[]; readonly footer: Uint8Array };

/** A stream in parts, so that it can be cut between them. */
export function encodeParts(rows: readonly (readonly (EncodedField | null)[])[], metrics?: string): StreamParts {
  const records = rows.map(record);
  const crc = plainCrc32c(records.flatMap((each) => littleEndian(BigInt(each.crc), 4)));
  const count = [...tag(33_554_430, 0), ...zigzag(BigInt(rows.length))];
  const footer = [...count, ...(metrics === undefined ? [] : metricsBytes(metrics)), ...tag(33_554_431, 0), ...uint32(crc)];
  return { records: records.map(({ bytes }) => Uint8Array.from(bytes)), footer: Uint8Array.from(footer) };
}

export function encodeStream(rows: readonly (readonly (EncodedField | null)[])[], metrics?: string): Uint8Array {
  const { records, footer } = encodeParts(rows, metrics);
  return Buffer.concat([...records, footer]);
}
