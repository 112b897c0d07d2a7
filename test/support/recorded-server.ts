import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Agent, buildConnector } from "undici";

export type RecordedRequest = {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};

/** What to answer; a function writes to the response itself, or destroys its socket. */
export type RecordedAnswer =
  | {
      readonly status?: number | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body?: string | Uint8Array | undefined;
    }
  | ((response: ServerResponse) => void);

export type RecordedServer = {
  readonly origin: string;
  readonly requests: readonly RecordedRequest[];
  /** How many connections were ever made. */
  readonly connections: () => number;
  readonly openConnections: () => number;
  /** Connects every host name to this server, so that recorded endpoints can be used as they are. */
  readonly dispatcher: Agent;
  readonly close: () => Promise<void>;
};

const readBody = async (request: IncomingMessage) => {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return body;
};

const agentTo = (port: number) => {
  const connect = buildConnector({ timeout: 1000 });
  return new Agent({
    connect: (options, callback) =>
      connect({ ...options, protocol: "http:", hostname: "127.0.0.1", host: "127.0.0.1", port: String(port) }, callback),
  });
};

/** A real HTTP server on a free port of the loopback interface: records what it is asked, answers what the test says. */
export async function startRecordedServer(
  answerTo: (request: RecordedRequest, index: number) => RecordedAnswer,
): Promise<RecordedServer> {
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer(async (request, response) => {
    const { method = "", url: target = "", headers } = request;
    const recorded = { method, target, headers, body: await readBody(request) };
    requests.push(recorded);
    const answer = answerTo(recorded, requests.length - 1);
    if (typeof answer === "function") return answer(response);
    response.writeHead(answer.status ?? 200, { ...answer.headers });
    response.end(answer.body);
  });
  server.on("connection", (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const dispatcher = agentTo(port);

  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    openConnections: () => sockets.size,
    dispatcher,
    async close() {
      await dispatcher.destroy();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
