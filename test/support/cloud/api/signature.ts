// AWS signature version 4, as the services check it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Credentials } from "../lambda/environment.ts";

export type SignedRequest = {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([\w-]+)\/([\w-]+)\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/;

function canonicalRequest({ method, target, headers, body }: SignedRequest, signedHeaders: string): string {
  const [path = "/", query = ""] = target.split(/\?(.*)/s);
  // Every service but S3 encodes the path's segments once more.
  const encodedPath = path.split("/").map(encodeURIComponent).join("/");
  const canonicalHeaders = signedHeaders.split(";").map(
    (name) =>
      `${name}:${String(headers[name] ?? "")
        .trim()
        .replace(/ +/g, " ")}\n`,
  );
  return [method, encodedPath, query.split("&").sort().join("&"), canonicalHeaders.join(""), signedHeaders, sha256(body)].join(
    "\n",
  );
}

export type Signed = { readonly kind: "signed" /** As in the scope, such as `events`. */; readonly service: string };
export type Unsigned = { readonly kind: "refused"; readonly code: string; readonly message: string };

const refused = (code: string, message: string): Unsigned => ({ kind: "refused", code, message });

/** Whether the request is signed with these credentials, and for which service. */
export function checkSignature(
  request: SignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
): Signed | Unsigned {
  const parts = authorization.exec(request.headers.authorization ?? "");
  if (parts === null) return refused("MissingAuthenticationTokenException", "Missing Authentication Token");
  const [, key, day = "", region = "", service = "", signedHeaders = "", signature = ""] = parts;
  if (key !== accessKeyId || request.headers["x-amz-security-token"] !== sessionToken) {
    return refused("UnrecognizedClientException", "The security token included in the request is invalid.");
  }
  const date = String(request.headers["x-amz-date"] ?? "");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", date, scope, sha256(canonicalRequest(request, signedHeaders))].join("\n");
  const signing = [day, region, service, "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const isValid = date.startsWith(day) && timingSafeEqual(hmac(signing, toSign), Buffer.from(signature, "hex"));
  return isValid
    ? { kind: "signed", service }
    : refused("InvalidSignatureException", "The request signature we calculated does not match the signature you provided.");
}
