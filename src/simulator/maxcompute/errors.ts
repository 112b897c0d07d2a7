import { cdata, element, xmlDocument } from "./xml.ts";

/** A call that MaxCompute refuses: HTTP status, error code and message (protocol section 8). */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const noSuchProject = (project: string): Refusal =>
  new Refusal(404, "NoSuchProject", `ODPS-0420111: Project not found - '${project}'`);

export const noSuchInstance = (id: string): Refusal =>
  new Refusal(404, "NoSuchObject", `ODPS-0430104: The specified instance name does not exist - ${id}`);

export const notAnXflow = (id: string): Refusal =>
  new Refusal(404, "NoSuchObject", `ODPS-0430104: The specified instance is not an XFlow instance - ${id}`);

export const noPermission = (action: string, resource: string): Refusal =>
  new Refusal(
    403,
    "NoPermission",
    `ODPS-0420095: Access Denied - Authorization Failed [4019], You have NO privilege '${action}' on {acs:odps:*:${resource}}.`,
  );

export const invalidArgument = (reason: string): Refusal => new Refusal(400, "InvalidArgument", `ODPS-0420411: ${reason}`);

/** A submission that another one stands in the way of (protocol section 8.4); clients repeat it after so many seconds. */
export const conflict = (reason: string, retryAfter: number | undefined): Refusal =>
  new Refusal(409, "Conflict", reason, retryAfter === undefined ? {} : { "retry-after": String(retryAfter) });

export const methodNotAllowed = (method: string, allowed: readonly string[]): Refusal =>
  new Refusal(405, "MethodNotAllowed", `The method ${method} is not allowed on this resource`, { allow: allowed.join(", ") });

/** How a refusal is written: XML, or JSON by the tunnel (protocol section 8.1). */
export type ErrorForm = {
  readonly headers: Readonly<Record<string, string>>;
  readonly document: (code: string, message: string, requestId: string) => string;
};

const hostId = "maxcompute.simulator";

/** All four elements are always there: without RequestId or HostId PyODPS loses the code (protocol section 8.1). */
const xmlError = (code: string, message: string, requestId: string): string =>
  xmlDocument(
    element("Error", [
      element("Code", [code]),
      element("Message", [cdata(message)]),
      element("RequestId", [requestId]),
      element("HostId", [hostId]),
    ]),
  );

const jsonError = (code: string, message: string, requestId: string): string =>
  JSON.stringify({ Code: code, Message: message, RequestId: requestId, HostId: hostId });

export const xmlErrors: ErrorForm = { headers: { "content-type": "application/xml" }, document: xmlError };
export const jsonErrors: ErrorForm = { headers: { "content-type": "application/json" }, document: jsonError };
