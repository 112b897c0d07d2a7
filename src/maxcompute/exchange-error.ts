import { errors } from "undici";
import { errorCode } from "./redact.ts";

/** Where an exchange broke off. "not-connected": no byte of the request can have reached the service. */
export type ExchangeFault = "not-connected" | "connection-lost" | "timed-out" | "aborted" | "protocol" | "too-large";

export class ExchangeError extends Error {
  override readonly name = "ExchangeError";
  readonly fault: ExchangeFault;
  /** From the answer's header, when there was one. */
  readonly requestId: string | undefined;

  constructor(fault: ExchangeFault, message: string, details: { cause?: unknown; requestId?: string | undefined } = {}) {
    super(message, { cause: details.cause });
    this.fault = fault;
    this.requestId = details.requestId;
  }
}

/** Node's and undici's codes for a connection that was never made: DNS, TCP and its time limit. */
const notConnectedCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);

const timedOutCodes: ReadonlySet<string> = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);
const tooLargeCodes: ReadonlySet<string> = new Set(["UND_ERR_HEADERS_OVERFLOW", "UND_ERR_RES_EXCEEDED_MAX_SIZE"]);

/** A certificate nobody trusts, or a request that cannot be made: another attempt meets the same. */
const hopelessCode = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|UND_ERR_INVALID|UND_ERR_NOT_SUPPORTED)/;

/** Names what went wrong by the error's code; messages are never looked at. */
export function faultOf(error: unknown): ExchangeFault {
  const code = errorCode(error) ?? "";
  const syscall = typeof error === "object" && error !== null && "syscall" in error ? error.syscall : undefined;
  const isConnecting = syscall === "connect" || syscall === "getaddrinfo";
  if (notConnectedCodes.has(code) || isConnecting) return "not-connected";
  if (timedOutCodes.has(code)) return "timed-out";
  if (tooLargeCodes.has(code)) return "too-large";
  const isProtocol = error instanceof errors.HTTPParserError || hopelessCode.test(code);
  return isProtocol ? "protocol" : "connection-lost";
}
