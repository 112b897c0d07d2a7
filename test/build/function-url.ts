// A Function URL on loopback: what is posted to it becomes an event of the door, and the door's answer the response.
import { once } from "node:events";
import { createServer } from "node:http";
import { urlAnswer, urlEvent } from "../support/cloud/lambda/url-event.ts";
import type { StartedBundle } from "./start-bundle.ts";

const place = { region: "eu-central-1", account: "123456789012", partition: "aws", stack: "odps-chatops-test" };

export async function functionUrl(door: StartedBundle) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "POST", url: target = "/", headers } = request;
    const event = urlEvent({ method, target, headers, body: Buffer.concat(chunks) }, place, "door", "request", Date.now());
    const { status, headers: given, body } = urlAnswer(JSON.stringify((await door.invoke(event)).value));
    response.writeHead(status, given).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
