// Evidence as it is stored: packed when that makes it smaller. It has 100 KB at most before.
import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod/mini";
import type { Evidence } from "../../watch/index.ts";

export const PackedEvidence = z.union([z.object({ json: z.string() }), z.object({ gzip: z.string() })]);
export type PackedEvidence = z.infer<typeof PackedEvidence>;

/** Below it packing gains nothing. */
const smallBytes = 1024;
/** No evidence of ours unpacks to more. */
const mostBytes = 1024 * 1024;

export function packEvidence(evidence: Evidence): PackedEvidence {
  const json = JSON.stringify(evidence);
  return json.length < smallBytes ? { json } : { gzip: gzipSync(json).toString("base64") };
}

export function unpackEvidence(packed: PackedEvidence): Evidence {
  if ("json" in packed) return JSON.parse(packed.json);
  return JSON.parse(gunzipSync(Buffer.from(packed.gzip, "base64"), { maxOutputLength: mostBytes }).toString());
}
