import { once } from "node:events";
import { createServer } from "node:http";
import type { SlackOptions, SlackSimulator } from "./api.ts";
import { createSlackSimulator } from "./simulator.ts";

type StartOptions = Omit<SlackOptions, "baseUrl"> & { readonly port?: number };

/** The simulator with a server of its own, on the loopback interface alone; port 0, the default, picks a free one. */
export async function startSlackSimulator({
  port = 0,
  ...options
}: StartOptions): Promise<SlackSimulator & { readonly url: string }> {
  let url = "";
  const simulator = createSlackSimulator({ ...options, baseUrl: () => url });
  const server = createServer((request, response) => {
    if (!simulator.handle(request, response)) response.writeHead(404).end();
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : port}`;
  return {
    ...simulator,
    url,
    async close() {
      server.close();
      server.closeAllConnections();
      await simulator.close();
    },
  };
}
