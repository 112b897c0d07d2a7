import type { Api } from "../api.ts";
import { MaxComputeError, type MaxComputeErrorKind } from "../errors.ts";
import type { ApiServer } from "../settings.ts";
import type { DownloadSession } from "./decode-session.ts";
import { openSession } from "./session.ts";
import { tunnelServer } from "./tunnel-server.ts";

export type TunnelResult = {
  readonly server: ApiServer;
  readonly session: DownloadSession;
  /** Whether it may hold fewer rows than the instance's result has. */
  readonly isLimited: boolean;
};

/** A service so old that it knows no tunnel, or one that does not tell us of it. */
const unknownServer: ReadonlySet<MaxComputeErrorKind> = new Set<MaxComputeErrorKind>(["not-found", "denied", "invalid"]);

const findServer = async (api: Api, id: string): Promise<ApiServer> => {
  const noTunnel = (cause: unknown) =>
    new MaxComputeError("unsupported", "MaxCompute names no tunnel for this project", { instanceId: id, cause });
  try {
    const server = await tunnelServer(api, undefined, id);
    if (server !== undefined) return server;
  } catch (error) {
    if (!(error instanceof MaxComputeError) || !unknownServer.has(error.kind)) throw error;
    throw noTunnel(error);
  }
  throw noTunnel(undefined);
};

/**
 * A session on the instance's result. A protected project lets nobody download: then it is opened once more for as many rows as everybody
 * may see. Throws MaxComputeError, "unsupported" when there is no tunnel.
 */
export async function openTunnel(api: Api, id: string): Promise<TunnelResult> {
  const server = await findServer(api, id);
  try {
    return { server, session: await openSession(api, server, id, { isLimited: false }), isLimited: false };
  } catch (error) {
    if (!(error instanceof MaxComputeError) || error.kind !== "denied") throw error;
  }
  return { server, session: await openSession(api, server, id, { isLimited: true }), isLimited: true };
}
