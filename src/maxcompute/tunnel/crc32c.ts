// CRC32C (Castagnoli), slice-by-8: eight tables of 256, of which the k-th says what a byte does k places before the end.

const polynomial = 0x82f63b78;

const buildTable = (): Int32Array => {
  const table = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    table[byte] = crc;
  }
  for (let at = 256; at < table.length; at += 1) {
    const before = table[at - 256] as number;
    table[at] = (before >>> 8) ^ (table[before & 255] as number);
  }
  return table;
};

let built: Int32Array | undefined;

/** The tables, made when first needed: most commands never read a tunnel. */
export function crc32cTable(): Int32Array {
  built ??= buildTable();
  return built;
}

/** `state` is the CRC so far, inverted (-1 to begin with), here and in what follows; as int32. */
export function addByte(table: Int32Array, state: number, byte: number): number {
  return (table[(state ^ byte) & 255] as number) ^ (state >>> 8);
}

/** Four bytes at once: an int32, little-endian. */
export function addInt32(table: Int32Array, state: number, value: number): number {
  const mixed = state ^ value;
  return (
    (table[768 + (mixed & 255)] as number) ^
    (table[512 + ((mixed >>> 8) & 255)] as number) ^
    (table[256 + ((mixed >>> 16) & 255)] as number) ^
    (table[mixed >>> 24] as number)
  );
}

/** Eight bytes at once: an int64, little-endian. */
export function addInt64(table: Int32Array, state: number, low: number, high: number): number {
  const mixed = state ^ low;
  return (
    (table[1792 + (mixed & 255)] as number) ^
    (table[1536 + ((mixed >>> 8) & 255)] as number) ^
    (table[1280 + ((mixed >>> 16) & 255)] as number) ^
    (table[1024 + (mixed >>> 24)] as number) ^
    (table[768 + (high & 255)] as number) ^
    (table[512 + ((high >>> 8) & 255)] as number) ^
    (table[256 + ((high >>> 16) & 255)] as number) ^
    (table[high >>> 24] as number)
  );
}

export function addBytes(table: Int32Array, state: number, bytes: DataView, from: number, to: number): number {
  let crc = state;
  let at = from;
  for (; at + 8 <= to; at += 8) crc = addInt64(table, crc, bytes.getInt32(at, true), bytes.getInt32(at + 4, true));
  for (; at < to; at += 1) crc = addByte(table, crc, bytes.getUint8(at));
  return crc;
}

/** The CRC32C of the bytes, unsigned: e3069283 (hex) for "123456789". */
export function crc32c(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return ~addBytes(crc32cTable(), -1, view, 0, bytes.byteLength) >>> 0;
}
