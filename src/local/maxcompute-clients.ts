import { Agent } from "undici";
import type { MaxComputeSettings } from "../config.ts";
import type { CredentialsProvider, MaxComputeClient } from "../maxcompute/index.ts";
import { createMaxComputeClient } from "../maxcompute/index.ts";

/** One client a project, all over one pool of connections; the least recently made is dropped above this. */
const keptClients = 200;

export type MaxComputeClients = { of(project: string): MaxComputeClient; close(): Promise<void> };

/** `elsewhere` gives the key when the settings have none. */
export function createMaxComputeClients(
  settings: MaxComputeSettings,
  version: string,
  elsewhere: CredentialsProvider,
): MaxComputeClients {
  const dispatcher = new Agent({ connect: { timeout: 5_000 } });
  const clients = new Map<string, MaxComputeClient>();
  const { endpoint, accessId, accessKey, stsToken, region, logviewHost } = settings;
  const identity =
    accessId === undefined || accessKey === undefined
      ? { credentials: elsewhere }
      : { accessKey: { id: accessId, secret: accessKey.reveal(), stsToken: stsToken?.reveal() } };
  const make = (project: string) =>
    createMaxComputeClient({
      endpoint,
      project,
      ...identity,
      region,
      logviewHost,
      userAgent: `odps-chatops/${version}`,
      dispatcher,
    });
  return {
    of(project) {
      const client = clients.get(project) ?? make(project);
      clients.set(project, client);
      const [oldest] = clients.keys();
      if (clients.size > keptClients && oldest !== undefined) clients.delete(oldest);
      return client;
    },
    close: () => dispatcher.close(),
  };
}
