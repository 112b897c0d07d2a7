import { Agent } from "undici";
import type { MaxComputeSettings } from "../config.ts";
import type { MaxComputeClient } from "../maxcompute/index.ts";
import { createMaxComputeClient } from "../maxcompute/index.ts";

/** One client a project, all over one pool of connections; the least recently made is dropped above this. */
const keptClients = 200;

export type MaxComputeClients = { of(project: string): MaxComputeClient; close(): Promise<void> };

export function createMaxComputeClients(settings: MaxComputeSettings, version: string): MaxComputeClients {
  const dispatcher = new Agent({ connect: { timeout: 5_000 } });
  const clients = new Map<string, MaxComputeClient>();
  const { endpoint, accessId, accessKey, stsToken, region, logviewHost } = settings;
  const make = (project: string) =>
    createMaxComputeClient({
      endpoint,
      project,
      accessKey: { id: accessId, secret: accessKey.reveal(), stsToken: stsToken?.reveal() },
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
