import { MalformedBody } from "./malformed-body.ts";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });
const strictUtf8WithBom = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 bytes as text, without a byte order mark; throws MalformedBody for anything else. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch (cause) {
    throw new MalformedBody("not UTF-8", { cause });
  }
}

/**
 * A header's text. HTTP hands its bytes over one character each (latin1), while the service writes UTF-8;
 * what is no UTF-8 stays as it came.
 */
export function decodeHeaderText(header: string): string {
  if (!/^[\0-\xff]*$/.test(header)) return header;
  try {
    return strictUtf8.decode(Buffer.from(header, "latin1"));
  } catch {
    return header;
  }
}

const base64Shape = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Base64 as the text it holds. Line breaks are allowed, other strangers are not: Node would skip them in silence.
 * A byte order mark is kept, since it is part of the user's result. Throws MalformedBody.
 */
export function decodeBase64Text(encoded: string): string {
  const packed = encoded.replace(/\s+/g, "");
  if (packed.length % 4 !== 0 || !base64Shape.test(packed)) throw new MalformedBody("not base64");
  try {
    return strictUtf8WithBom.decode(Buffer.from(packed, "base64"));
  } catch (cause) {
    throw new MalformedBody("base64 that does not hold UTF-8", { cause });
  }
}

/** `text`, cut to `maxLength` characters with an ellipsis. */
export function clip(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}
