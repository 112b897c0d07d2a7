import type { CallFaults } from "../faults.ts";
import { mimetypeOf } from "../shares.ts";
import type { Workspace } from "../workspace.ts";
import { injected } from "./call.ts";
import type { Reply } from "./reply.ts";

/** Takes the bytes of an announced file; their number must be the one announced. */
export function takeUpload(
  id: string,
  secret: string,
  pieces: readonly Uint8Array[],
  faults: CallFaults,
  workspace: Workspace,
): Reply {
  if (faults.instead !== undefined) return injected(faults.instead);
  const upload = workspace.uploads.get(id);
  if (upload?.secret !== secret || upload.stage !== "announced") return { status: 404, body: "file_not_found" };
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length !== upload.length) return { status: 400, body: `length mismatch: announced ${upload.length}, got ${length}` };
  workspace.store.putBytes(id, pieces);
  workspace.uploads.put(id, { ...upload, stage: "uploaded" });
  forgetOldBytes(workspace);
  return { status: 200, body: `OK - ${length}`, lost: faults.lost };
}

const mostBytesInAll = 256 * 1024 * 1024;

function forgetOldBytes({ uploads, store }: Workspace): void {
  let size = 0;
  for (const upload of uploads.list().toReversed()) {
    size += upload.stage === "announced" ? 0 : upload.length;
    if (size > mostBytesInAll) store.removeBytes(upload.id);
  }
}

export type Download = { readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> };

/** A shared file as a download; never shown in the page, whatever it claims to be. */
export function download(id: string, workspace: Workspace): Download | undefined {
  const upload = workspace.uploads.get(id);
  const bytes = upload?.stage === "completed" ? workspace.store.bytes(id) : undefined;
  if (upload === undefined || bytes === undefined) return undefined;
  const name = encodeURIComponent(upload.name).replaceAll("'", "%27");
  return {
    bytes,
    headers: {
      "content-type": mimetypeOf(upload.name),
      "content-disposition": `attachment; filename*=UTF-8''${name}`,
      "content-length": String(bytes.length),
      "x-content-type-options": "nosniff",
    },
  };
}
