import { kindOf } from "../error-codes.ts";
import { MaxComputeError, type MaxComputeErrorKind } from "../errors.ts";
import { isJsonObject, type JsonObject, ownField, parseJson, textField } from "../json.ts";
import { redact } from "../redact.ts";
import type { Credential } from "./provider.ts";

export type StsAnswer = { readonly status: number; readonly text: string };

export type AskedSession = {
  readonly sessionName: string;
  /** Epoch ms at which it has ended, by our own clock: what was asked for, counted from before the question. */
  readonly endsAt: number;
  /** Epoch ms. */
  readonly now: number;
};

/** STS's own codes, by the part before the first dot; the others mean what they mean to MaxCompute. */
const kindByHead: ReadonlyMap<string, MaxComputeErrorKind> = new Map<string, MaxComputeErrorKind>([
  ["InvalidAccessKeyId", "unauthorized"],
  ["SignatureDoesNotMatch", "unauthorized"],
  ["IncompleteSignature", "unauthorized"],
  ["MissingSecurityToken", "unauthorized"],
  ["InvalidSecurityToken", "unauthorized"],
  ["EntityNotExist", "not-found"],
  ["InvalidTimeStamp", "clock-skew"],
  ["InvalidParameter", "invalid"],
]);

const objectIn = (object: JsonObject, field: string): JsonObject => {
  const value = ownField(object, field);
  return isJsonObject(value) ? value : {};
};

/** What it says of itself, where that looks as it should: the rest of a refusal may quote what was signed. */
const wordIn = (object: JsonObject, field: string, secrets: readonly string[]): string | undefined => {
  const word = textField(object, field);
  return word !== undefined && /^[\w.-]{1,100}$/.test(word) ? redact(word, secrets) : undefined;
};

const refusalOf = (status: number, answer: JsonObject, secrets: readonly string[]): MaxComputeError => {
  const code = wordIn(answer, "Code", secrets);
  const requestId = wordIn(answer, "RequestId", secrets);
  const kind = kindByHead.get((code ?? "").split(".", 1)[0] ?? "") ?? kindOf(code, status);
  return new MaxComputeError(kind, `STS gives no session of the role (${code ?? `status ${status}`})`, {
    code,
    requestId,
    httpStatus: status,
  });
};

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * The key in an answer of STS to AssumeRole, such as
 * `{"RequestId":"6894B13B-…","AssumedRoleUser":{"Arn":"acs:ram::1:role/r/slack-U1","AssumedRoleId":"3:slack-U1"},
 * "Credentials":{"AccessKeyId":"STS.L4a…","AccessKeySecret":"wyL…","SecurityToken":"…","Expiration":"2015-04-09T11:52:19Z"}}`.
 * Strict, down to the name: a session of somebody else would put an act down to them. Throws MaxComputeError, of which the code and the
 * request's id are all that is quoted.
 */
export function readSession({ status, text }: StsAnswer, asked: AskedSession, secrets: readonly string[]): Credential {
  const answer = parseJson(text);
  if (status !== 200) throw refusalOf(status, isJsonObject(answer) ? answer : {}, secrets);
  if (!isJsonObject(answer)) throw new MaxComputeError("malformed", "STS does not answer with JSON", { httpStatus: status });
  const unusable = (what: string) =>
    new MaxComputeError("malformed", `STS answers ${what}`, {
      requestId: wordIn(answer, "RequestId", secrets),
      httpStatus: status,
    });
  const arn = textField(objectIn(answer, "AssumedRoleUser"), "Arn") ?? "";
  if (!arn.endsWith(`/${asked.sessionName}`)) throw unusable("with a session of another name");
  const credentials = objectIn(answer, "Credentials");
  const id = textField(credentials, "AccessKeyId");
  const secret = textField(credentials, "AccessKeySecret");
  const stsToken = textField(credentials, "SecurityToken");
  if (!id || !secret || !stsToken) throw unusable("without a key");
  const expiration = textField(credentials, "Expiration") ?? "";
  const expiresAt = instant.test(expiration) ? Date.parse(expiration) : Number.NaN;
  if (Number.isNaN(expiresAt)) throw unusable("with a time of expiry that cannot be read");
  if (expiresAt <= asked.now) throw unusable("with a session that has ended");
  return { id, secret, stsToken, expiresAt: Math.min(expiresAt, asked.endsAt) };
}
