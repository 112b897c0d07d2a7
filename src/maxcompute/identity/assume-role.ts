import { MaxComputeError } from "../errors.ts";
import type { AccessKey } from "../options.ts";
import { secretsOf } from "../redact.ts";
import { type Fetch, fetchAnswer } from "./fetch-text.ts";
import type { Credential } from "./provider.ts";
import { readSession } from "./read-session.ts";
import { checkSecretUrl } from "./secret-url.ts";
import { canonicalForm, type RpcParameter, signRpc } from "./sign-rpc.ts";

export const defaultStsEndpoint = "https://sts.aliyuncs.com";

/**
 * STS gives 900 to 3,600 s. Of half an hour 25 minutes are used: one session a conversation, and whoever may no longer assume the role is
 * out soon.
 */
const sessionSeconds = 1_800;

export type RoleRequest = {
  /** `acs:ram::<account>:role/<role>`. */
  readonly roleArn: string;
  /** Who it is for: Alibaba Cloud's trail shows it with each call. 2 to 64 letters, digits, `.`, `@`, `-` and `_`. */
  readonly sessionName: string;
  /** STS's own, or that of a region: `https://sts.<region>.aliyuncs.com`. */
  readonly endpoint: string;
};

export type StsPorts = {
  readonly fetch: Fetch;
  /** Epoch ms. */
  readonly now: () => number;
  /** Never the same twice: STS refuses a nonce that it has seen. */
  readonly newNonce: () => string;
};

const arnPattern = /^acs:ram::\d+:role\/[\w.-]+$/;
const namePattern = /^[\w.@-]{2,64}$/;

/** Throws MaxComputeError "invalid". */
export function checkRole({ roleArn, endpoint }: Pick<RoleRequest, "roleArn" | "endpoint">): void {
  if (!arnPattern.test(roleArn)) throw new MaxComputeError("invalid", "The role must be named as acs:ram::<account>:role/<role>");
  checkSecretUrl("The endpoint of STS", endpoint);
}

const parametersOf = (
  { roleArn, sessionName }: RoleRequest,
  { id, stsToken }: AccessKey,
  { newNonce }: StsPorts,
  askedAt: number,
): readonly RpcParameter[] => [
  ["Action", "AssumeRole"],
  ["Version", "2015-04-01"],
  ["Format", "JSON"],
  ["AccessKeyId", id],
  ["SignatureMethod", "HMAC-SHA1"],
  ["SignatureVersion", "1.0"],
  ["SignatureNonce", newNonce()],
  ["Timestamp", new Date(askedAt).toISOString().replace(/\.\d+/, "")],
  ["RoleArn", roleArn],
  ["RoleSessionName", sessionName],
  ["DurationSeconds", String(sessionSeconds)],
  ...(stsToken === undefined ? [] : [["SecurityToken", stsToken] as const]),
];

/**
 * A session of a role, asked for once, with a key that may assume it; in a form, since addresses end up in logs. Throws MaxComputeError:
 * "denied" (the key may not assume it), "not-found" (no such role), "unauthorized" (the key itself), "invalid", "clock-skew", "throttled",
 * "server", "unreachable", "timeout", "malformed" or "too-large"; with STS's code and the request's id, and without its words.
 */
export async function assumeRole(request: RoleRequest, key: AccessKey, ports: StsPorts): Promise<Credential> {
  checkRole(request);
  const { sessionName, endpoint } = request;
  if (!namePattern.test(sessionName)) throw new MaxComputeError("invalid", "A session cannot have that name");
  const askedAt = ports.now();
  const parameters = parametersOf(request, key, ports, askedAt);
  const signature = signRpc("POST", parameters, key.secret);
  const answer = await fetchAnswer(ports.fetch, {
    source: "STS",
    url: `${endpoint.replace(/\/$/, "")}/`,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: canonicalForm([...parameters, ["Signature", signature]]),
  });
  const asked = { sessionName, endsAt: askedAt + sessionSeconds * 1_000, now: ports.now() };
  return readSession(answer, asked, [...secretsOf(key), signature]);
}
