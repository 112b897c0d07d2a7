import { crc32 } from "node:zlib";

const fields = (...values: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer =>
  Buffer.concat(
    values.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      if (bytes === 2) field.writeUInt16LE(value);
      else field.writeUInt32LE(value);
      return field;
    }),
  );

/** A zip of these files (path to text or bytes), stored uncompressed. Format: PKWARE APPNOTE 4.3. */
export function writeZip(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = Buffer.from(path);
    const data = Buffer.from(content);
    // version, flags, method (stored), time, date, checksum, sizes, name length, extra length
    const shared = fields([2, 20], [2, 0], [2, 0], [2, 0], [2, 33], [4, crc32(data)], [4, data.length], [4, data.length]);
    const lengths = fields([2, name.length], [2, 0]);
    const local = Buffer.concat([fields([4, 0x04034b50]), shared, lengths, name, data]);
    const rest = fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    directory.push(Buffer.concat([fields([4, 0x02014b50], [2, 20]), shared, lengths, rest, name]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const entries = directory.length;
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, entries], [2, entries], [4, central.length], [4, offset], [2, 0]);
  return Buffer.concat([...parts, central, end]);
}
