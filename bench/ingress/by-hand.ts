// The least that could serve a slash command: signature, dispatch, one signed PutEvents, ack. No Bolt, no SDK, no sealing, no help and no
// rights; a floor to measure the distance from, not a design.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { parse } from "node:querystring";

type Event = { readonly headers: Readonly<Record<string, string | undefined>>; readonly body: string };
type Answer = { readonly statusCode: number; readonly body: string };

const {
  AWS_ACCESS_KEY_ID: keyId = "",
  AWS_SECRET_ACCESS_KEY: key = "",
  AWS_SESSION_TOKEN: session = "",
  AWS_REGION: region = "",
  AWS_ENDPOINT_URL: endpoint = `https://events.${region}.amazonaws.com`,
  BENCH_SIGNING_SECRET: signingSecret = "",
} = process.env;
const target = new URL(endpoint);
const send = target.protocol === "http:" ? overHttp : overHttps;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (secret: string | Buffer, text: string): Buffer => createHmac("sha256", secret).update(text).digest();

function isFromSlack({ headers, body }: Event): boolean {
  const timestamp = headers["x-slack-request-timestamp"] ?? "";
  if (!(Math.abs(Date.now() / 1_000 - Number(timestamp)) <= 300)) return false;
  const given = Buffer.from(headers["x-slack-signature"] ?? "");
  const right = Buffer.from(`v0=${hmac(signingSecret, `v0:${timestamp}:${body}`).toString("hex")}`);
  return given.length === right.length && timingSafeEqual(given, right);
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
function signed(body: string): Record<string, string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const day = time.slice(0, 8);
  const headers: Record<string, string> = {
    "content-type": "application/x-amz-json-1.1",
    host: target.host,
    "x-amz-date": time,
    "x-amz-security-token": session,
    "x-amz-target": "AWSEvents.PutEvents",
  };
  const names = Object.keys(headers).join(";");
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const scope = `${day}/${region}/events/aws4_request`;
  const canonical = sha256(["POST", "/", "", lines.join(""), names, sha256(body)].join("\n"));
  const signingKey = [day, region, "events", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${key}`);
  const signature = hmac(signingKey, ["AWS4-HMAC-SHA256", time, scope, canonical].join("\n")).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

function putEvent(detail: object): Promise<boolean> {
  const entry = {
    EventBusName: "private",
    Source: "odps-chatops",
    DetailType: "CommandRequested",
    Detail: JSON.stringify(detail),
  };
  const body = JSON.stringify({ Entries: [entry] });
  return new Promise((resolve, reject) => {
    const call = send(target, { method: "POST", headers: signed(body), timeout: 1_000 }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve(response.statusCode === 200 && JSON.parse(text).FailedEntryCount === 0));
    });
    call.on("error", reject);
    call.end(body);
  });
}

export const handler = async (event: Event, _context: unknown): Promise<Answer> => {
  if (!isFromSlack(event)) return { statusCode: 401, body: "" };
  const { command, text, user_id, channel_id, response_url, trigger_id } = parse(event.body);
  if (command !== "/odps") return { statusCode: 404, body: "" };
  const isQueued = await putEvent({ id: trigger_id, text, user_id, channel_id, response_url });
  return { statusCode: 200, body: isQueued ? "" : "Something broke on my side." };
};
