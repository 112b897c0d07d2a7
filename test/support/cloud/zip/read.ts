import { crc32, inflateRawSync } from "node:zlib";

/** Lambda refuses more, unzipped. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestPackage = 250 * 1024 * 1024;
const endSignature = Buffer.from([0x50, 0x4b, 5, 6]);

function contentOf(zip: Buffer, method: number, start: number, packed: number, size: number): Buffer {
  const bytes = zip.subarray(start, start + packed);
  if (method === 0) return bytes;
  if (method === 8) return inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
  throw new Error(`the zip is compressed in a way Lambda does not know (method ${method})`);
}

const staysInside = (path: string) =>
  path !== "" && !path.startsWith("/") && !path.includes("\\") && !path.split("/").includes("..");

/** The files of a zip by path, folders left out. Throws for one that is damaged, too large or leads outside its folder. */
export function readZip(zip: Buffer): ReadonlyMap<string, Buffer> {
  const end = zip.lastIndexOf(endSignature);
  if (end < 0) throw new Error("this is no zip file");
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  let total = 0;
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, sum] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 16)];
    const [packed, size] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    const [nameLength, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const header = zip.readUInt32LE(at + 42);
    const path = zip.toString("utf8", at + 46, at + 46 + nameLength);
    at += 46 + nameLength + extra + comment;
    if (!staysInside(path)) throw new Error(`the zip holds a path outside its folder: ${path}`);
    if (path.endsWith("/")) continue;
    total += size;
    if (total > largestPackage) throw new Error("the zip is larger than Lambda takes, 250 MB unzipped");
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const content = contentOf(zip, method, start, packed, size);
    if (content.length !== size || crc32(content) !== sum) throw new Error(`the zip is damaged at ${path}`);
    files.set(path, content);
  }
  return files;
}
