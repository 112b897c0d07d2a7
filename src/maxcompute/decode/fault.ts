import { kindOf, messageWithCode } from "../error-codes.ts";
import type { MaxComputeErrorKind } from "../errors.ts";
import { isJsonObject, parseJson, textField } from "../json.ts";
import { clip } from "../text.ts";
import { decodeFaultDocument } from "./fault-document.ts";

/** What a refusal says (protocol section 8.1). */
export type Fault = {
  readonly kind: MaxComputeErrorKind;
  readonly code: string | undefined;
  readonly message: string;
  readonly requestId: string | undefined;
};

/** A refusal as it came: `body` as text, `requestId` from the x-odps-request-id header. */
export type Refusal = {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly body: string;
  readonly endpoint: string;
};

const maxMessageLength = 4000;

const faultOf = (status: number, code: string, message: string | undefined, requestId: string | undefined): Fault => ({
  kind: kindOf(code, status),
  code,
  message: clip(messageWithCode(code, message ?? String(status)), maxMessageLength),
  requestId,
});

const jsonFault = ({ status, requestId, body }: Refusal): Fault | undefined => {
  const value = parseJson(body);
  if (!isJsonObject(value)) return undefined;
  const code = textField(value, "Code");
  if (code === undefined || code.trim() === "") return undefined;
  const message = textField(value, "Message");
  // Gateways write JSON errors with an id of their own; the header's is MaxCompute's.
  return faultOf(status, code, message, requestId ?? textField(value, "RequestId"));
};

const xmlFault = ({ status, requestId, body }: Refusal): Fault | undefined => {
  const document = decodeFaultDocument(body);
  return document && faultOf(status, document.code, document.message, document.requestId ?? requestId);
};

const unreadableFault = ({ status, requestId, body, endpoint }: Refusal): Fault => {
  const isEmpty = body.trim() === "";
  if (status === 404) {
    const message = `Not found error reported by server. Endpoint ${endpoint} might be malfunctioning.`;
    // An empty 404 is MaxCompute's "no such object"; a page of somebody else's proves nothing about the object.
    return { kind: isEmpty ? "not-found" : "malformed", code: undefined, message, requestId };
  }
  if (status === 401) return { kind: "unauthorized", code: undefined, message: "Unauthorized.", requestId };
  if (isEmpty) return { kind: kindOf(undefined, status), code: undefined, message: String(status), requestId };
  return { kind: kindOf(undefined, status), code: String(status), message: clip(body, maxMessageLength), requestId };
};

/** Reads a refusal: XML, else JSON, else by its status. Never throws, since a refusal badly told is still a refusal. */
export function decodeFault(refusal: Refusal): Fault {
  return xmlFault(refusal) ?? jsonFault(refusal) ?? unreadableFault(refusal);
}
