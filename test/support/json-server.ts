// A server on loopback that answers JSON from a list, in order, and remembers what it was sent.
import { once } from "node:events";
import { createServer } from "node:http";

export type Answer = { readonly status: number; readonly body: unknown } | "cut" | "hang";

export async function jsonServer(answers: readonly Answer[]) {
  const received: unknown[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const answer = answers[Math.min(received.length, answers.length - 1)];
    received.push(JSON.parse(body));
    if (answer === "hang") return;
    if (answer === "cut" || answer === undefined) request.socket.destroy();
    else response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer.body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
