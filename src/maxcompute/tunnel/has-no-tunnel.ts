import type { MaxComputeError, MaxComputeErrorKind } from "../errors.ts";

/** By these the service says that it has no tunnel for this project or this instance (protocol sections 8.2 and 13). */
const codes: ReadonlySet<string> = new Set(["InvalidArgument", "ODPS-0420411", "InvalidProjectTable"]);

/** What answers is not the tunnel: a proxy, or a service whose answers nobody knows yet. */
const notTheTunnel: readonly MaxComputeErrorKind[] = ["malformed", "too-large"];

/** "server": a session on a DDL statement is answered with 500. The rest: the tunnel is not there for us, though the result may be. */
const kinds: ReadonlySet<MaxComputeErrorKind> = new Set<MaxComputeErrorKind>([
  "unsupported",
  "no-such-project",
  "server",
  "unreachable",
  "timeout",
  ...notTheTunnel,
]);

/** What an inline result says about the instance itself, which is worth more than what was wrong with its tunnel. */
const aboutInstance: ReadonlySet<MaxComputeErrorKind> = new Set<MaxComputeErrorKind>([
  "task-failed",
  "unsupported",
  "still-running",
]);

/** What to tell when the inline result cannot be had either: an answer that makes no sense is the fault to look into. */
export function worseOf(noTunnel: MaxComputeError, inline: MaxComputeError): MaxComputeError {
  return notTheTunnel.includes(noTunnel.kind) && !aboutInstance.has(inline.kind) ? noTunnel : inline;
}

/** Whether a session that could not be opened leaves the inline result to be tried, which is better than none. */
export function hasNoTunnel({ kind, code = "" }: MaxComputeError): boolean {
  return kinds.has(kind) || codes.has(code.split(":", 1)[0]?.trim() ?? "");
}
