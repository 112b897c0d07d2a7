// Loopback servers of the cloud, each of which knows its open connections.
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";

export type Connections = {
  /** Cuts every connection, or those that the other side opened from these ports. */
  readonly cut: (remotePorts?: ReadonlySet<number>) => void;
};

/** Follows the connections of a server, which may be anybody's: the sandbox's view of the outside is cut with it. */
export function trackConnections(server: Server): Connections {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  return {
    cut(remotePorts) {
      for (const socket of sockets) {
        // A reset, as a NAT that forgot the connection gives: no farewell that could be read before the freeze.
        if (remotePorts === undefined || remotePorts.has(socket.remotePort ?? -1)) socket.resetAndDestroy();
      }
    },
  };
}

export type Served = Connections & { readonly port: number; readonly origin: string; readonly close: () => Promise<void> };

/** Listens on a free port of the loopback interface. */
export async function serve(listener: RequestListener): Promise<Served> {
  // The header is as long as a trace or a signature wants it; a long poll has no limit of its own.
  const server = createServer({ maxHeaderSize: 64 * 1024, requestTimeout: 0 }, listener);
  const connections = trackConnections(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    ...connections,
    port,
    origin: `http://127.0.0.1:${port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
