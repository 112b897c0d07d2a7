// Interactive payloads that no client of Slack would send, signed as if one had.
import { createHmac } from "node:crypto";
import { secrets } from "./secrets.ts";
import type { World } from "./world.ts";

/** Posts a payload to the door, and gives the status and the body of its acknowledgement. */
export async function deliver(world: World, payload: object): Promise<{ readonly status: number; readonly body: string }> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(world.clock.now() / 1_000));
  const signature = createHmac("sha256", secrets.signing).update(`v0:${timestamp}:${body}`).digest("hex");
  const response = await fetch(`${world.cloud.functionUrl("SlackLambdaFunction")}/slack/events`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${signature}`,
    },
  });
  return { status: response.status, body: await response.text() };
}
