// A call of an AWS service in AWS JSON, signed by hand: for a service of which one call alone is made, whose SDK client would be a tenth of
// the function. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHash, createHmac } from "node:crypto";

export type AwsCredentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

export type SignedCallPorts = {
  readonly fetch: typeof globalThis.fetch;
  credentials(): Promise<AwsCredentials>;
  readonly region: string;
  now(): number;
};

export type AwsCall = {
  /** Origin of the service. */
  readonly endpoint: string;
  /** As in the scope of a signature: "sqs". */
  readonly service: string;
  /** As on the wire: "AmazonSQS.GetQueueAttributes". */
  readonly target: string;
  readonly input: unknown;
  readonly signal: AbortSignal;
};

/** AWS refused; its message may quote names of the account. */
export class AwsRefusal extends Error {
  override readonly name = "AwsRefusal";
  /** AWS's own word: "AccessDeniedException". */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** 20261122T100000Z */
const stamp = (now: number): string => new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, "");

/** The headers of a POST to the root of `host`, the signature among them. */
export function signedHeaders(
  { service, target }: Pick<AwsCall, "service" | "target">,
  { host, body }: { readonly host: string; readonly body: string },
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  { region, now }: { readonly region: string; readonly now: number },
): Readonly<Record<string, string>> {
  const at = stamp(now);
  const day = at.slice(0, 8);
  const signed: Readonly<Record<string, string>> = {
    "content-type": "application/x-amz-json-1.0",
    host,
    "x-amz-date": at,
    ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
    "x-amz-target": target,
  };
  const names = Object.keys(signed).join(";"); // in the order of the alphabet, as it is asked for
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const request = ["POST", "/", "", lines.join(""), names, sha256(body)].join("\n");
  const scope = [day, region, service, "aws4_request"];
  const toSign = ["AWS4-HMAC-SHA256", at, scope.join("/"), sha256(request)].join("\n");
  const signature = hmac(scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`), toSign).toString("hex");
  const { host: _, ...sent } = signed; // `fetch` writes that one itself
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join("/")}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...sent, authorization };
}

const codeOf = (answer: unknown): string => {
  const type = typeof answer === "object" && answer !== null && "__type" in answer ? String(answer.__type) : "";
  return /(\w+)$/.exec(type)?.[1] ?? "unknown";
};

/** Makes the call once; what AWS answered, as JSON. Throws AwsRefusal, or what the network throws. */
export async function signedCall(
  { endpoint, service, target, input, signal }: AwsCall,
  { fetch, credentials, region, now }: SignedCallPorts,
): Promise<unknown> {
  const body = JSON.stringify(input);
  const { host } = new URL(endpoint);
  const headers = signedHeaders({ service, target }, { host, body }, await credentials(), { region, now: now() });
  const answer = await fetch(new URL("/", endpoint), { method: "POST", headers, body, signal, redirect: "error" });
  const said: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw new AwsRefusal(codeOf(said), `AWS answered ${answer.status}`);
  return said;
}
