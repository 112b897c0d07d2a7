// Stands before a server and lets the gate decide at each request: a killed child's request is never applied, or never answered.
import { once } from "node:events";
import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from "node:http";
import type { Gate } from "./gate.ts";

export type Seen = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};
type Answered = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

export type Proxy = { readonly url: string; close(): Promise<void> };

export type ProxyOptions = {
  readonly gate: Pick<Gate, "arrive">;
  /** Origin of the server behind it. */
  readonly target: () => string;
  /** A name of the request that is the same in every run; undefined lets it pass uncounted. */
  readonly labelOf: (seen: Seen) => string | undefined;
  /** Told of each request that was applied, whether or not its answer arrives. */
  readonly applied?: (seen: Seen, status: number, body: Buffer) => void;
};

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no TCP port");
  return `http://127.0.0.1:${address.port}`;
}

export async function startProxy({ gate, target, labelOf, applied }: ProxyOptions): Promise<Proxy> {
  const agent = new Agent({ keepAlive: true });

  async function forward({ method, path, headers, body }: Seen): Promise<Answered> {
    const outgoing = request(`${target()}${path}`, { method, headers: { ...headers, connection: "keep-alive" }, agent });
    outgoing.end(body);
    const [answer]: IncomingMessage[] = await once(outgoing, "response");
    if (answer === undefined) throw new Error("no answer");
    return { status: answer.statusCode ?? 500, headers: answer.headers, body: await bytesOf(answer) };
  }

  const server = createServer((incoming, response) => {
    const pass = async () => {
      const { method = "GET", url = "/", headers } = incoming;
      const seen = { method, path: url, headers, body: await bytesOf(incoming) };
      const label = labelOf(seen);
      const crossing = label === undefined ? undefined : gate.arrive(label);
      if (await crossing?.before()) return void response.destroy();
      const answer = await forward(seen);
      applied?.(seen, answer.status, answer.body);
      if (await crossing?.after()) return void response.destroy();
      const { "transfer-encoding": _, connection: __, ...kept } = answer.headers;
      response.writeHead(answer.status, { ...kept, "content-length": answer.body.length }).end(answer.body);
    };
    // A child that was killed breaks its connections off; there is nobody left to tell.
    pass().catch(() => response.destroy());
  });
  const url = await listen(server);
  return {
    url,
    async close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
