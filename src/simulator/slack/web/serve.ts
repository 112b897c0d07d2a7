import type { IncomingMessage, ServerResponse } from "node:http";
import type { Workspace } from "../workspace.ts";
import { readPieces, uploadedPieces } from "./body.ts";
import { answerCall } from "./call.ts";
import { mostFileBytes } from "./files.ts";
import { type Reply, writeReply } from "./reply.ts";
import { answerResponse } from "./response-url.ts";
import { download, takeUpload } from "./upload.ts";

const mostBodyBytes = 1024 * 1024;
// A multipart form wraps the file in a few headers.
const mostUploadBytes = mostFileBytes + 64 * 1024;

/** Serves /api/*, /commands/*, /upload/* and /files/*; false, and nothing touched, for any other path. */
export function serve(request: IncomingMessage, response: ServerResponse, workspace: Workspace): boolean {
  const url = URL.parse(request.url ?? "/", "http://slack.invalid");
  const [, area = "", first = "", second = ""] = url?.pathname.split("/") ?? [];
  if (!["api", "commands", "upload", "files"].includes(area) || first === "") return false;
  const search = url?.search ?? "";
  answer({ area, first, second, search }, request, response, workspace).catch(() => response.destroy());
  return true;
}

async function answer(target: Target, request: IncomingMessage, response: ServerResponse, workspace: Workspace): Promise<void> {
  try {
    if (target.area === "files") sendFile(target.first, response, workspace);
    else {
      const reply = await replyTo(target, request, workspace);
      writeReply(response, { ...reply, headers: { date: httpTime(workspace), ...reply.headers } });
    }
  } catch {
    // What is no refusal is a fault of the simulator itself: said as Slack says its own.
    if (!response.headersSent) writeReply(response, { status: 500, body: { ok: false, error: "internal_error" } });
  }
}

/** By its own clock, as every server says it. */
const httpTime = ({ clock }: Workspace): string => new Date(clock.now()).toUTCString();

type Target = { readonly area: string; readonly first: string; readonly second: string; readonly search: string };

async function replyTo({ area, first, second, search }: Target, request: IncomingMessage, workspace: Workspace): Promise<Reply> {
  const pieces = await readPieces(request, area === "upload" ? mostUploadBytes : mostBodyBytes);
  if (pieces === undefined) return { status: 413, body: { ok: false, error: "request_too_large" } };
  const contentType = request.headers["content-type"] ?? "";
  const method = area === "api" ? first : area === "upload" ? "upload" : "response_url";
  const faults = workspace.faults.forCall(method);
  const reply = (): Reply => {
    if (area === "upload") return takeUpload(first, second, uploadedPieces(pieces, contentType), faults, workspace);
    const body = Buffer.concat(pieces).toString();
    if (area === "commands") return answerResponse(second, body, faults, workspace);
    const { authorization } = request.headers;
    return answerCall({ method, body, contentType, query: search, authorization }, faults, workspace);
  };
  const made = reply();
  // A slow answer is one whose effect is there before it is heard of.
  if (faults.latencyMs > 0) await pause(faults.latencyMs, workspace);
  return made;
}

function pause(ms: number, { background }: Workspace): Promise<void> {
  return new Promise((resolve) => {
    background.after(ms, resolve);
    background.closing.addEventListener("abort", () => resolve(), { once: true });
  });
}

function sendFile(id: string, response: ServerResponse, workspace: Workspace): void {
  const found = download(id, workspace);
  if (found === undefined) writeReply(response, { status: 404, body: "file_not_found" });
  else response.writeHead(200, found.headers).end(found.bytes);
}
