import type { MaxComputeError, MaxComputeErrorKind } from "../errors.ts";

/** By these the service says that it has no tunnel for this project or this instance (protocol sections 8.2 and 13). */
const codes: ReadonlySet<string> = new Set(["InvalidArgument", "InvalidProjectTable"]);

/** "server": a session on a DDL statement is answered with 500. The rest: the tunnel is not there for us, though the result may be. */
const kinds: ReadonlySet<MaxComputeErrorKind> = new Set<MaxComputeErrorKind>([
  "unsupported",
  "no-such-project",
  "server",
  "unreachable",
  "timeout",
]);

/** Whether a session that could not be opened leaves the inline result to be tried, which is better than none. */
export function hasNoTunnel({ kind, code = "" }: MaxComputeError): boolean {
  return kinds.has(kind) || codes.has(code.split(":", 1)[0]?.trim() ?? "");
}
