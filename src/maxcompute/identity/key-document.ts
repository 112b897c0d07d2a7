import { MaxComputeError } from "../errors.ts";
import { isJsonObject, type JsonObject, parseJson, textField } from "../json.ts";
import type { Credential } from "./provider.ts";

const unusable = (source: string, what: string) => new MaxComputeError("unauthorized", `${source} ${what}`);

const expiryOf = (source: string, document: JsonObject): number | undefined => {
  const text = textField(document, "Expiration");
  if (text === undefined || text === "") return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw unusable(source, "gives a time of expiry that cannot be read");
  return at;
};

/**
 * A temporary key as Alibaba Cloud's services hand it out: JSON with AccessKeyId, AccessKeySecret, SecurityToken and Expiration (ISO 8601),
 * perhaps a Code that must be "Success". Throws MaxComputeError "unauthorized", whose message names `source` and quotes nothing.
 */
export function readKeyDocument(source: string, text: string): Credential {
  const document = parseJson(text);
  if (!isJsonObject(document)) throw unusable(source, "does not answer with JSON");
  if ((textField(document, "Code") ?? "Success") !== "Success") throw unusable(source, "answers that it has no key");
  const id = textField(document, "AccessKeyId");
  const secret = textField(document, "AccessKeySecret");
  if (!id || !secret) throw unusable(source, "answers without a key");
  return { id, secret, stsToken: textField(document, "SecurityToken"), expiresAt: expiryOf(source, document) };
}
