// A process that has served some commands and serves as many more as it is told to, one after the other; it says how long each took until
// its ack. Plain JavaScript, as its neighbour is.
import { createHmac } from "node:crypto";

const [file] = process.argv.slice(2);
const { secret, form, count, warmUp } = JSON.parse(process.env.BENCH_COMMANDS ?? "");
const timestamp = String(Math.floor(Date.now() / 1_000));

const events = Array.from({ length: warmUp + count }, (_, at) => {
  const body = `${form}&trigger_id=1.${at}`;
  const signature = `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
  return {
    version: "2.0",
    rawPath: "/",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": signature,
    },
    requestContext: { http: { method: "POST" } },
    body,
    isBase64Encoded: false,
  };
});

const { handler } = await import(file);

/** Serves the next `share` commands, and says how long each took. */
async function serve(share) {
  const times = [];
  for (const event of events.splice(0, share)) {
    const from = performance.now();
    const { statusCode } = await handler(event, {});
    times.push(performance.now() - from);
    if (statusCode !== 200) throw new Error(`not acknowledged: ${statusCode}`);
  }
  return times;
}

await serve(warmUp);
process.on("message", async (share) => process.send(await serve(share)));
process.send("ready");
