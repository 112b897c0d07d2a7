import type { Call } from "../call.ts";
import { noPermission, Refusal } from "../errors.ts";
import { readToken } from "./bearer-token.ts";
import { canonicalStrings } from "./canonical.ts";
import { type Authorization, expectedSignature, parseAuthorization } from "./signature.ts";

export type Credentials = {
  readonly accessId: string;
  readonly accessKey: string;
  /** When set, every signed request must carry it. */
  readonly stsToken?: string | undefined;
  readonly region: string;
};

const maxSkewMs = 15 * 60_000;

/** The message is the one PyODPS reads its three fields from (protocol section 2.4). */
const checkDate = (call: Call): number => {
  const sent = Date.parse(call.headers.get("date") ?? "");
  if (Number.isNaN(sent)) throw new Refusal(400, "InvalidParameter", "The Date header is missing or not a date");
  if (Math.abs(call.serverTime - sent) <= maxSkewMs) return sent;
  const [expires, now] = [sent + maxSkewMs, call.serverTime].map((at) => new Date(at).toISOString());
  throw new Refusal(400, "RequestTimeTooSkewed", `max_interval_date:${maxSkewMs},expire_date:${expires},now_date:${now}`);
};

const checkScope = (authorization: Authorization, region: string, sentAt: number): void => {
  if (authorization.version === 2) return;
  // The scope's day may be one off the Date header's when midnight falls between the two.
  const scopeDay = Date.parse(authorization.date.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"));
  const isNear = scopeDay - maxSkewMs <= sentAt && sentAt <= scopeDay + 86_400_000 + maxSkewMs;
  if (authorization.region !== region || !isNear)
    throw new Refusal(
      401,
      "SignatureNotMatch",
      `The signature's scope ${authorization.date}/${authorization.region} is not today's of region ${region}`,
    );
};

const checkSts = (call: Call, stsToken: string | undefined): void => {
  if (stsToken === undefined || call.headers.get("authorization-sts-token") === stsToken) return;
  throw new Refusal(401, "Unauthorized", "ODPS-0410051:Invalid credentials - the security token is missing or wrong");
};

const checkBearer = (call: Call, token: string, accessKey: string): void => {
  const grant = readToken(accessKey, token);
  if (grant === undefined)
    throw new Refusal(401, "Unauthorized", "ODPS-0410051:Invalid credentials - the bearer token is not valid");
  if (grant.expiresAt <= call.serverTime) throw new Refusal(401, "AuthenticationRequestExpired", "The bearer token has expired");
  const [, project, , instance] = call.segments;
  const isRead = call.method === "GET" || call.method === "HEAD";
  if (!isRead || project !== grant.project || instance !== grant.instance)
    throw noPermission("odps:Read", call.segments.join("/"));
};

const checkSigned = (call: Call, header: string, { accessId, accessKey, stsToken, region }: Credentials): void => {
  const authorization = parseAuthorization(header);
  if (authorization === undefined)
    throw new Refusal(401, "AuthorizationRequired", "ODPS-0410011:Authorization header is missing or not of a known form");
  if (authorization.accessId !== accessId)
    throw new Refusal(401, "Unauthorized", "ODPS-0410051:Invalid credentials - accessKeyId not found");
  checkScope(authorization, region, checkDate(call));
  const accepted = canonicalStrings(call).map((canonical) => expectedSignature(authorization, accessKey, canonical));
  if (!accepted.includes(authorization.signature))
    throw new Refusal(401, "SignatureNotMatch", "ODPS-0410042:Invalid signature value - User signature does not match");
  checkSts(call, stsToken);
};

/** Throws a Refusal unless the request is signed by the one known key, in time, or bears a token for this very instance. */
export const verify = (call: Call, credentials: Credentials): void => {
  const bearer = call.headers.get("x-odps-bearer-token");
  const header = call.headers.get("authorization") ?? "";
  if (header === "" && bearer !== undefined) checkBearer(call, bearer, credentials.accessKey);
  else checkSigned(call, header, credentials);
};
