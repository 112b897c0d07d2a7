import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createMaxComputeSimulator, type SimulatorOptions } from "./simulator.ts";

export type ServerOptions = SimulatorOptions & {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly host?: string;
};

// A task's name stands in the query, and hostile names are long.
const maxHeaderBytes = 256 * 1024;

const listen = async (server: Server, port: number, host: string): Promise<number> => {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no TCP port");
  return address.port;
};

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Starts a simulated MaxCompute on the loopback interface. Rejects when the port is taken, with `code` EADDRINUSE. */
export const startMaxComputeSimulator = async ({ port = 0, host = "127.0.0.1", ...options }: ServerOptions = {}) => {
  const simulator = createMaxComputeSimulator(options);
  const server = createServer({ maxHeaderSize: maxHeaderBytes }, (req, res) => {
    // `handle` answers every error itself; what still fails is a broken connection, and there is nobody left to tell.
    simulator.handle(req, res).catch(() => res.destroy());
  });
  const boundPort = await listen(server, port, host).catch((error) => {
    simulator.close();
    throw error;
  });
  const url = `http://${host}:${boundPort}`;
  return {
    ...simulator,
    /** Origin, and the endpoint that SDKs are given. */
    url,
    endpoint: `${url}/api`,
    server,
    /** Ends open connections, waits for the socket and closes the state file. */
    async close(): Promise<void> {
      simulator.clearFaults();
      await closeServer(server);
      simulator.close();
    },
  };
};

export type MaxComputeSimulator = Awaited<ReturnType<typeof startMaxComputeSimulator>>;
