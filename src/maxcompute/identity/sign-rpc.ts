import { createHmac } from "node:crypto";

export type RpcParameter = readonly [name: string, value: string];

/** RFC 3986; the language's own function leaves five of its reserved marks. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** Parameters as they are signed, and sent in a form: encoded, in the order of their names. */
export function canonicalForm(parameters: readonly RpcParameter[]): string {
  const sorted = parameters.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

/**
 * The Signature of a request of Alibaba Cloud's RPC style, version 1.0 with HMAC-SHA1: of the method, the path "/" and every other
 * parameter. The form is encoded once more, and "&" ends the key.
 */
export function signRpc(method: "GET" | "POST", parameters: readonly RpcParameter[], secret: string): string {
  const stringToSign = `${method}&${encode("/")}&${encode(canonicalForm(parameters))}`;
  return createHmac("sha1", `${secret}&`).update(stringToSign, "utf8").digest("base64");
}
