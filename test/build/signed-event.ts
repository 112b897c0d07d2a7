// Function URL events as Slack's deliveries become them, signed as Slack signs (Slack facts section 1).
import { createHmac } from "node:crypto";

export const formType = "application/x-www-form-urlencoded";

export type Delivery = {
  readonly body: string;
  readonly type?: string;
  readonly secret: string;
  /** Epoch ms of the signature. */
  readonly at: number;
  /** What the signature is made over; the body unless given. */
  readonly signedBody?: string;
  readonly base64?: boolean;
};

export function signedEvent({ body, type = formType, secret, at, signedBody = body, base64 = false }: Delivery): object {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${signedBody}`).digest("hex")}`;
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: "/",
    rawQueryString: "",
    headers: { "content-type": type, "x-slack-request-timestamp": timestamp, "x-slack-signature": signature },
    requestContext: { http: { method: "POST", path: "/", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "Slackbot" } },
    body: base64 ? Buffer.from(body).toString("base64") : body,
    isBase64Encoded: base64,
  };
}

/** The form of a slash command. Each trigger is another press of Enter. */
export const slashCommand = (text: string, trigger: string): string =>
  new URLSearchParams({
    command: "/odps",
    text,
    team_id: "T0TEST",
    user_id: "U0ANN",
    channel_id: "C0GENERAL",
    trigger_id: trigger,
    response_url: "https://hooks.slack.com/commands/T0TEST/1/x",
    api_app_id: "A0TEST",
  }).toString();
