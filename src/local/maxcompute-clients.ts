import { randomUUID } from "node:crypto";
import { Agent } from "undici";
import type { MaxComputeSettings } from "../config.ts";
import type { CredentialsProvider, MaxComputeClient, RoleSessions } from "../maxcompute/index.ts";
import { createMaxComputeClient, createRoleSessions, defaultStsEndpoint, staticCredentials } from "../maxcompute/index.ts";

/** One client a project and session, all over one pool of connections; the least recently made is dropped above this. */
const keptClients = 200;

export type MaxComputeClients = {
  /** A client whose calls bear the name of this session, where the settings name a role. */
  of(project: string, session: string): MaxComputeClient;
  /** Absent where the settings name no role: the key itself makes every call. */
  readonly sessions: RoleSessions | undefined;
  close(): Promise<void>;
};

/** `elsewhere` gives the key when the settings have none. */
export function createMaxComputeClients(
  settings: MaxComputeSettings,
  version: string,
  elsewhere: CredentialsProvider,
): MaxComputeClients {
  const dispatcher = new Agent({ connect: { timeout: 5_000 } });
  const clients = new Map<string, MaxComputeClient>();
  const { endpoint, accessId, accessKey, stsToken, region, logviewHost, roleArn, stsEndpoint } = settings;
  const own =
    accessId === undefined || accessKey === undefined
      ? elsewhere
      : staticCredentials({ id: accessId, secret: accessKey.reveal(), stsToken: stsToken?.reveal() });
  const sessions =
    roleArn === undefined
      ? undefined
      : createRoleSessions({
          roleArn,
          endpoint: stsEndpoint ?? defaultStsEndpoint,
          credentials: own,
          fetch: globalThis.fetch,
          now: Date.now,
          newNonce: randomUUID,
        });
  const make = (project: string, session: string) =>
    createMaxComputeClient({
      endpoint,
      project,
      credentials: sessions?.of(session) ?? own,
      region,
      logviewHost,
      userAgent: `odps-chatops/${version}`,
      dispatcher,
    });
  return {
    of(project, session) {
      const name = sessions === undefined ? project : JSON.stringify([project, session]);
      const client = clients.get(name) ?? make(project, session);
      clients.set(name, client);
      const [oldest] = clients.keys();
      if (clients.size > keptClients && oldest !== undefined) clients.delete(oldest);
      return client;
    },
    sessions,
    close: () => dispatcher.close(),
  };
}
