import { conflict, type ErrorForm, Refusal } from "./errors.ts";
import type { Ending } from "./faults.ts";
import type { Reply } from "./reply.ts";
import type { Settings } from "./settings.ts";

/** The reply for something thrown while answering; what is not a Refusal is a fault of the simulator and says so. */
export const refusalReply = (thrown: unknown, requestId: string, { headers, document }: ErrorForm): Reply => {
  if (thrown instanceof Refusal) {
    const body = document(thrown.code, thrown.message, requestId);
    return { status: thrown.status, headers: { ...headers, ...thrown.headers }, body };
  }
  const message = `the simulator failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  return { status: 500, headers, body: document("InternalServerError", message, requestId) };
};

const usualCode = (status: number): string => {
  if (status === 429) return "RequestQuotaExceeded";
  if (status === 503) return "ServiceUnavailable";
  return status >= 500 ? "InternalServerError" : "InvalidParameter";
};

const retryAfterHeader = (seconds: number | null | undefined): Readonly<Record<string, string>> =>
  seconds === undefined || seconds === null ? {} : { "retry-after": String(seconds) };

/** The reply a fault gives in place of an answer; undefined when the request is answered as usual first. */
export const faultReply = (
  ending: Ending | undefined,
  settings: Settings,
  requestId: string,
  { headers, document }: ErrorForm,
): Reply | undefined => {
  if (ending?.kind === "status") {
    const { status, code = usualCode(status), message = "a fault was asked for", retryAfter } = ending;
    const body = ending.body ?? document(code, message, requestId);
    const type = ending.body === undefined ? headers : { "content-type": "text/html" };
    return { status, headers: { ...type, ...retryAfterHeader(retryAfter) }, body };
  }
  if (ending?.kind === "conflict")
    return refusalReply(conflict("another submission is on its way, please retry later", ending.retryAfter), requestId, {
      headers,
      document,
    });
  if (ending?.kind === "throttle") {
    const { retryAfter = settings.throttleRetryAfter } = ending;
    const body = document("RequestQuotaExceeded", "QPS limit of the project is exceeded, please retry later", requestId);
    return { status: 429, headers: { ...headers, ...retryAfterHeader(retryAfter) }, body };
  }
  return undefined;
};
