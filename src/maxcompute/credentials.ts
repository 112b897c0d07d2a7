import type { Connection, Learnt } from "./connection.ts";
import type { AccessKey } from "./options.ts";
import { authorizeV2, authorizeV4, canonicalString, type Header, type SignableRequest } from "./sign.ts";

/** "yyyyMMdd" in UTC. */
const utcDate = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll("-", "");

/** The headers that prove who is asking (protocol sections 2.2 to 2.4): the signature, and the token of a temporary key. */
export function credentialsFor(
  request: SignableRequest,
  connection: Connection,
  accessKey: AccessKey,
  version: Learnt["signature"],
  at: number,
): readonly Header[] {
  const { region, signaturePrefix } = connection.settings;
  const canonical = canonicalString(request);
  const sts: readonly Header[] = accessKey.stsToken === undefined ? [] : [["authorization-sts-token", accessKey.stsToken]];
  if (version === "v2" || region === undefined)
    return [["Authorization", authorizeV2(canonical, accessKey.id, accessKey.secret)], ...sts];
  const scope = { region, date: utcDate(at), prefix: signaturePrefix };
  const key = connection.signingKeys(accessKey.secret, scope);
  return [["Authorization", authorizeV4(canonical, accessKey.id, key, scope)], ...sts];
}
