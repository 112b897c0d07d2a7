import type { MaxComputeErrorKind } from "./errors.ts";

/** Error codes and what they mean to a caller (protocol section 8.2). */
const kindByCode: ReadonlyMap<string, MaxComputeErrorKind> = new Map<string, MaxComputeErrorKind>([
  ["NoSuchObject", "not-found"],
  ["NoSuchTable", "not-found"],
  ["NoSuchPartition", "not-found"],
  ["NoSuchPath", "not-found"],
  ["NoSuchVolume", "not-found"],
  ["NoSuchSchema", "not-found"],
  ["ODPS-0130131", "not-found"],
  ["NoSuchProject", "no-such-project"],
  ["ODPS-0420111", "no-such-project"],
  ["NoPermission", "denied"],
  ["ODPS-0130013", "denied"],
  ["ODPS-0420095", "denied"],
  ["AuthorizationRequired", "unauthorized"],
  ["Unauthorized", "unauthorized"],
  ["SignatureNotMatch", "unauthorized"],
  ["AuthenticationRequestExpired", "unauthorized"],
  ["ODPS-0410051", "unauthorized"],
  ["RequestTimeTooSkewed", "clock-skew"],
  // The service itself misspells it.
  ["RequestTimeTooSkewd", "clock-skew"],
  ["ODPS-0410031", "clock-skew"],
  ["InvalidStateSetting", "already-finished"],
  ["InstanceNotTerminate", "still-running"],
  ["TaskFailed", "task-failed"],
  ["ScriptError", "task-failed"],
  ["ODPS-0123055", "task-failed"],
  ["InstanceTypeNotSupported", "unsupported"],
  ["MethodNotAllowed", "unsupported"],
  ["InvalidProjectTable", "invalid"],
  ["InvalidArgument", "invalid"],
  ["InvalidParameter", "invalid"],
  ["ODPS-0420411", "invalid"],
  ["ParseError", "invalid"],
  ["SchemaParseError", "invalid"],
  ["ODPS-0130161", "invalid"],
  ["ODPS-0130071", "invalid"],
  ["RequestQuotaExceeded", "throttled"],
  ["SlotExceeded", "throttled"],
  ["QPSExceeded", "throttled"],
  ["FlowExceeded", "throttled"],
  ["InternalServerError", "server"],
  ["ReadMetaError", "server"],
  ["ServiceUnavailable", "server"],
  ["DataVersionError", "server"],
  ["BadGatewayError", "server"],
  ["ODPS-0010000", "server"],
  ["ODPS-0420153", "server"],
  ["ODPS-0110141", "server"],
  ["ODPS-0430055", "server"],
]);

/** The session engine's codes are told by their first eight characters; what follows says more about the same thing. */
const kindBySessionPrefix: ReadonlyMap<string, MaxComputeErrorKind> = new Map<string, MaxComputeErrorKind>([
  ["ODPS-180", "server"],
  ["ODPS-181", "server"],
  ["ODPS-182", "denied"],
  ["ODPS-183", "throttled"],
  ["ODPS-184", "server"],
  ["ODPS-185", "unsupported"],
  ["ODPS-186", "server"],
]);

const kindByStatus: ReadonlyMap<number, MaxComputeErrorKind> = new Map<number, MaxComputeErrorKind>([
  [400, "invalid"],
  [401, "unauthorized"],
  [403, "denied"],
  [404, "not-found"],
  [405, "unsupported"],
  [429, "throttled"],
]);

/** What a refusal means: by its code, composite ones ("ODPS-0130013:Authorization exception") by the part before the colon; else by HTTP status. */
export function kindOf(code: string | undefined, httpStatus: number): MaxComputeErrorKind {
  const head = (code ?? "").split(":", 1)[0]?.trim() ?? "";
  const known = kindByCode.get(head) ?? kindBySessionPrefix.get(head.slice(0, 8));
  if (known !== undefined) return known;
  if (head.startsWith("Throttling")) return "throttled";
  return kindByStatus.get(httpStatus) ?? (httpStatus >= 500 ? "server" : "refused");
}

/** Words for which the service's own clients have a class of errors, though this client has no use for one. */
const furtherNames: ReadonlySet<string> = new Set([
  "StreamSessionNotFound",
  "UpsertSessionNotFound",
  "OverwriteModeNotAllowed",
  "TableModified",
  "SchemaModified",
]);

/** Numbers such as ODPS-0130131, and TaskFailed, which those clients do not know either. */
const isNamedCode = (code: string) =>
  furtherNames.has(code) || (kindByCode.has(code) && !code.startsWith("ODPS-") && code !== "TaskFailed");

/** A refusal's message as the protocol's clients show it: after its code, unless that speaks for itself or is said already. */
export function messageWithCode(code: string, message: string): string {
  return isNamedCode(code) || message.startsWith(code) ? message : `${code.trimEnd()} ${message.trimStart()}`;
}
