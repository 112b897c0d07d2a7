// A handler that signs AWS calls by hand, without an SDK, for the tests of this cloud.

/** Code of a function that takes `{ service, target, path, headers, input }` and gives the answer's JSON. */
export const signedHandler = `
  import { createHash, createHmac } from "node:crypto";
  import { request } from "node:http";
  import { text } from "node:stream/consumers";
  const sha = (data) => createHash("sha256").update(data).digest("hex");
  const hmac = (key, data) => createHmac("sha256", key).update(data).digest();
  export const handler = async ({ service, target, path = "/", headers: own = {}, input, secret = process.env.AWS_SECRET_ACCESS_KEY }) => {
    const { AWS_ACCESS_KEY_ID: id, AWS_SESSION_TOKEN: token, AWS_ENDPOINT_URL: url, AWS_REGION: region } = process.env;
    const body = JSON.stringify(input);
    const day = new Date().toISOString().slice(0, 10).replaceAll("-", "");
    const given = { host: new URL(url).host, "x-amz-date": day + "T000000Z", "x-amz-security-token": token };
    const headers = { ...given, ...own, ...(target && { "x-amz-target": target }) };
    const names = Object.keys(headers).sort();
    const lines = names.map((name) => name + ":" + headers[name] + "\\n").join("");
    const [bare, query = ""] = path.split("?");
    const encoded = bare.split("/").map(encodeURIComponent).join("/");
    const canonical = ["POST", encoded, query, lines, names.join(";"), sha(body)].join("\\n");
    const scope = [day, region, service, "aws4_request"];
    const signature = hmac(scope.reduce(hmac, "AWS4" + secret), ["AWS4-HMAC-SHA256", day + "T000000Z", scope.join("/"), sha(canonical)].join("\\n"));
    const credential = "Credential=" + id + "/" + scope.join("/");
    const authorization = "AWS4-HMAC-SHA256 " + credential + ", SignedHeaders=" + names.join(";") + ", Signature=" + signature.toString("hex");
    const response = await new Promise((done, failed) =>
      request(url + path, { agent: false, method: "POST", headers: { ...headers, authorization } }, done).on("error", failed).end(body));
    return { status: response.statusCode, ...JSON.parse((await text(response)) || "{}") };
  };`;
