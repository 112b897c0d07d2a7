// An STS on the loopback interface that checks what it is sent as the real one does, with code of its own.
import { createHmac } from "node:crypto";
import { type RecordedAnswer, type RecordedServer, startRecordedServer } from "./recorded-server.ts";

const minute = 60_000;
const unreserved = /^[A-Za-z0-9_.~-]$/;

/** Byte by byte, by the rule as it is documented. */
const percentEncoded = (text: string): string =>
  [...Buffer.from(text, "utf8")]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");

/** The signature of decoded parameters, of which Signature itself is none. */
export function rpcSignatureOf(method: string, parameters: ReadonlyMap<string, string>, secret: string): string {
  const pairs = [...parameters.keys()].sort().map((name) => {
    return `${percentEncoded(name)}=${percentEncoded(parameters.get(name) ?? "")}`;
  });
  const text = [method, "%2F", percentEncoded(pairs.join("&"))].join("&");
  return createHmac("sha1", `${secret}&`).update(text).digest().toString("base64");
}

export type StsRequest = ReadonlyMap<string, string>;

export type LoopbackSts = {
  readonly endpoint: string;
  readonly server: RecordedServer;
  /** Each accepted request's parameters. */
  readonly assumed: readonly StsRequest[];
  /** The session names of the accepted requests, in order. */
  names(): readonly (string | undefined)[];
  /** Every secret and token that it gave away. */
  readonly given: readonly string[];
};

export type StsOptions = {
  /** Secrets by the id of their key. */
  readonly keys: Readonly<Record<string, string>>;
  /** Epoch ms. */
  readonly now: () => number;
  /** Answers in its stead. */
  readonly instead?: (parameters: StsRequest, index: number) => RecordedAnswer | undefined;
};

export const stsRefusal = (status: number, code: string, message = "no") => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ RequestId: "REQ-STS-1", HostId: "sts.aliyuncs.com", Code: code, Message: message }),
});

/** Close its server. */
export async function startLoopbackSts({ keys, now, instead }: StsOptions): Promise<LoopbackSts> {
  const assumed: StsRequest[] = [];
  const given: string[] = [];
  const nonces = new Set<string>();

  const answerTo = (method: string, target: string, body: string, index: number): RecordedAnswer => {
    const parameters = new Map(new URLSearchParams(body));
    const other = instead?.(parameters, index);
    if (other !== undefined) return other;
    const of = (name: string) => parameters.get(name) ?? "";
    if (method !== "POST" || target !== "/") return stsRefusal(404, "InvalidAction.NotFound");
    const secret = keys[of("AccessKeyId")];
    if (secret === undefined) return stsRefusal(404, "InvalidAccessKeyId.NotFound");
    const signed = new Map([...parameters].filter(([name]) => name !== "Signature"));
    if (of("Signature") !== rpcSignatureOf("POST", signed, secret))
      return stsRefusal(400, "SignatureDoesNotMatch", `server string to sign is: ${body}`);
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(of("Timestamp"))) return stsRefusal(400, "InvalidTimeStamp.Format");
    if (Math.abs(Date.parse(of("Timestamp")) - now()) > 15 * minute) return stsRefusal(400, "InvalidTimeStamp.Expired");
    if (nonces.has(of("SignatureNonce"))) return stsRefusal(400, "SignatureNonceUsed");
    nonces.add(of("SignatureNonce"));
    const seconds = Number(of("DurationSeconds"));
    const isAsked = of("Action") === "AssumeRole" && of("Version") === "2015-04-01" && of("Format") === "JSON";
    const isNamed = /^[a-zA-Z0-9.@\-_]{2,64}$/.test(of("RoleSessionName"));
    if (!isAsked || !isNamed || !(seconds >= 900 && seconds <= 3_600)) return stsRefusal(400, "InvalidParameter");
    assumed.push(parameters);
    const key = {
      AccessKeyId: `STS.${of("RoleSessionName")}.${assumed.length}`,
      AccessKeySecret: `session-secret-${assumed.length}-aaaa`,
      SecurityToken: `session-token-${assumed.length}-bbbb`,
      Expiration: new Date(now() + seconds * 1_000).toISOString().replace(/\.\d+/, ""),
    };
    given.push(key.AccessKeySecret, key.SecurityToken);
    const user = { Arn: `${of("RoleArn")}/${of("RoleSessionName")}`, AssumedRoleId: `3445:${of("RoleSessionName")}` };
    return { body: JSON.stringify({ RequestId: "REQ-STS-1", AssumedRoleUser: user, Credentials: key }) };
  };

  const server = await startRecordedServer(({ method, target, body }, index) => answerTo(method, target, body, index));
  return {
    endpoint: server.origin,
    server,
    assumed,
    given,
    names: () => assumed.map((parameters) => parameters.get("RoleSessionName")),
  };
}
