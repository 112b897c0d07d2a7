import type { Connection, Learnt } from "./connection.ts";
import { credentialsFor } from "./credentials.ts";
import { decodeFault } from "./decode/fault.ts";
import { MaxComputeError, type MaxComputeErrorKind } from "./errors.ts";
import { exchange, type WireResponse } from "./exchange.ts";
import { ExchangeError, type ExchangeFault } from "./exchange-error.ts";
import { withinTime } from "./identity/within-time.ts";
import type { AccessKey } from "./options.ts";
import { redact, safeCause, secretsOf } from "./redact.ts";
import { type ApiRequest, signableRequest, wireRequest } from "./request.ts";
import type { AttemptFault } from "./retry.ts";
import { parseRetryAfter } from "./retry-after.ts";
import { formatHttpDate, parseTime } from "./time.ts";

export type FailedAttempt = {
  readonly kind: "failed";
  readonly fault: AttemptFault;
  readonly error: MaxComputeError;
  readonly retryAfterMs: number | undefined;
  /** The service's clock, from the answer's Date header. */
  readonly serverTime: number | undefined;
  /** What it was signed with. */
  readonly key: AccessKey;
};

type Broken = Omit<FailedAttempt, "key">;

export type AttemptResult = { readonly kind: "answered"; readonly response: WireResponse } | FailedAttempt;

/** An error's text is a few lines; what is longer is somebody's web page. */
const maxErrorBytes = 256 * 1024;

const lenientUtf8 = new TextDecoder("utf-8");

const explanations: Readonly<Record<ExchangeFault, readonly [MaxComputeErrorKind, string]>> = {
  "not-connected": ["unreachable", "MaxCompute could not be reached"],
  "connection-lost": ["unreachable", "The connection to MaxCompute was lost before the answer was complete"],
  "timed-out": ["timeout", "MaxCompute did not answer in time"],
  aborted: ["aborted", "The call was called off"],
  protocol: ["malformed", "The endpoint did not answer as MaxCompute does"],
  "too-large": ["too-large", "MaxCompute's answer is larger than this client reads"],
};

/** An exchange that broke off, in the client's words. */
export const explainBreak = (
  thrown: ExchangeError,
  { instanceId, ifLost }: ApiRequest,
  secrets: readonly string[],
): MaxComputeError => {
  const [kind, reason] = explanations[thrown.fault];
  const message = ifLost !== undefined && thrown.fault === "connection-lost" ? `${reason}: ${ifLost}` : reason;
  const cause = safeCause(thrown.cause ?? thrown, secrets);
  return new MaxComputeError(kind, message, { instanceId, requestId: thrown.requestId, cause });
};

const brokenOff = (thrown: ExchangeError, request: ApiRequest, secrets: readonly string[]): Broken => {
  const error = explainBreak(thrown, request, secrets);
  return { kind: "failed", fault: thrown.fault, error, retryAfterMs: undefined, serverTime: undefined };
};

/** Not undone unless it was asked for: a few bytes might become gigabytes. */
const isCompressed = ({ header }: WireResponse) => (header("content-encoding") ?? "identity") !== "identity";

const askedEncoding = ({ headers = [] }: ApiRequest) => headers.find(([name]) => name === "Accept-Encoding")?.[1];

const refused = (response: WireResponse, request: ApiRequest, connection: Connection, secrets: readonly string[]): Broken => {
  const { status, header } = response;
  const requestId = header("x-odps-request-id");
  const body = isCompressed(response) ? "(a compressed answer)" : lenientUtf8.decode(response.body);
  const fault = decodeFault({ status, requestId, body, endpoint: request.server?.origin ?? connection.settings.endpoint });
  const isUncertain = status >= 500 && request.ifLost !== undefined;
  const message = isUncertain ? `${fault.message} (${request.ifLost})` : fault.message;
  const safe = (text: string | undefined) => (text === undefined ? undefined : redact(text, secrets));
  const retryAfterMs = parseRetryAfter(header("retry-after"), connection.now());
  const details = {
    code: safe(fault.code),
    requestId: safe(fault.requestId),
    instanceId: request.instanceId,
    httpStatus: status,
    retryAfterMs,
  };
  return {
    kind: "failed",
    fault: status,
    error: new MaxComputeError(fault.kind, redact(message, secrets), details),
    retryAfterMs,
    serverTime: parseTime(header("date")),
  };
};

const notMaxCompute = (response: WireResponse, { instanceId }: ApiRequest, message: string): Broken => {
  const details = { instanceId, requestId: response.header("x-odps-request-id"), httpStatus: response.status };
  const error = new MaxComputeError("malformed", message, details);
  return { kind: "failed", fault: "protocol", error, retryAfterMs: undefined, serverTime: undefined };
};

const judge = (
  response: WireResponse,
  request: ApiRequest,
  connection: Connection,
  secrets: readonly string[],
): Broken | Exclude<AttemptResult, FailedAttempt> => {
  if (response.status >= 300 && response.status < 400) {
    return notMaxCompute(response, request, "The endpoint answered with a redirect, which is not followed: check the endpoint");
  }
  if (response.status >= 400) return refused(response, request, connection, secrets);
  const isExpected = response.stream !== undefined && response.header("content-encoding") === askedEncoding(request);
  if (isExpected || !isCompressed(response)) return { kind: "answered", response };
  response.stream?.close();
  return notMaxCompute(response, request, "The answer is compressed although that was not asked for");
};

/**
 * Signs and sends a request once. Never throws for what the network or the service does: that is part of the result. Throws
 * MaxComputeError when there is no key to sign with.
 */
export async function attempt(
  connection: Connection,
  request: ApiRequest,
  version: Learnt["signature"],
  timeoutMs: number,
): Promise<AttemptResult> {
  const { settings, dispatcher, learnt, now, identity } = connection;
  const startedAt = now();
  const key = await withinTime(identity.key(), timeoutMs, request);
  const timeLeftMs = Math.max(1, timeoutMs - (now() - startedAt));
  const signedAt = now() + learnt.clockOffsetMs;
  const signed = signableRequest(request, settings, formatHttpDate(signedAt));
  const credentials = credentialsFor(signed, connection, key, version, signedAt);
  const secrets = [...secretsOf(key, credentials), ...identity.secrets()];
  try {
    const maxBytes = Math.min(request.maxBytes ?? Number.POSITIVE_INFINITY, settings.maxResponseBytes);
    const wire = wireRequest(request, signed, settings, credentials);
    const { signal, isStreamed } = request;
    const response = await exchange(dispatcher, wire, { timeoutMs: timeLeftMs, maxBytes, maxErrorBytes, signal, isStreamed });
    const result = judge(response, request, connection, secrets);
    return result.kind === "answered" ? result : { ...result, key };
  } catch (thrown) {
    if (thrown instanceof ExchangeError) return { ...brokenOff(thrown, request, secrets), key };
    throw thrown;
  }
}
