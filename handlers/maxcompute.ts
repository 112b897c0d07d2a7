import { randomUUID } from "node:crypto";
import { Agent, type Dispatcher } from "undici";
import type { Deployment } from "../src/aws/deployment.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import type { CredentialsProvider, MaxComputeClient, RoleSessions } from "../src/maxcompute/index.ts";
import { createMaxComputeClient, createRoleSessions, defaultStsEndpoint } from "../src/maxcompute/index.ts";
import { fetchOver } from "../src/slack/fetch-over.ts";
import { version } from "./version.ts";

type Settings = Pick<
  Deployment,
  "ODPS_ENDPOINT" | "ODPS_ACCESS_ID" | "ODPS_REGION_NAME" | "ODPS_LOGVIEW_HOST" | "ODPS_ROLE_ARN" | "ODPS_STS_ENDPOINT"
>;
type Keys = Pick<Secrets, "value" | "doubt">;

/** A client of a project, whose calls bear the name of a session where the settings name a role. */
export type Clients = (project: string, session: string) => MaxComputeClient;

/** The access key of the moment, also where it changes on the way (production rule 29). */
const keyOver = (settings: Settings, secrets: Keys): CredentialsProvider => ({
  async get() {
    const secret = await secrets.value("odps-access-key");
    const stsToken = await secrets.value("odps-sts-token").catch(() => undefined); // most have none
    return { id: settings.ODPS_ACCESS_ID, secret, stsToken };
  },
  refresh: secrets.doubt,
});

/**
 * Sessions outlive an invocation, and are asked for seldom: each time over a connection of its own, for what a thawed sandbox had open may
 * be dead. Undefined where the settings name no role.
 */
export function roleSessionsOver(settings: Settings, secrets: Keys): RoleSessions | undefined {
  const { ODPS_ROLE_ARN: roleArn, ODPS_STS_ENDPOINT: endpoint = defaultStsEndpoint } = settings;
  if (roleArn === undefined) return undefined;
  const fetch = fetchOver(new Agent({ pipelining: 0, connect: { timeout: 3_000 } }));
  return createRoleSessions({
    roleArn,
    endpoint,
    credentials: keyOver(settings, secrets),
    fetch,
    now: Date.now,
    newNonce: randomUUID,
  });
}

/** Clients over an invocation's own connections. */
export function maxComputeOver(
  settings: Settings,
  secrets: Keys,
  now = Date.now,
): (project: string, dispatcher: Dispatcher) => Promise<Clients> {
  const own = keyOver(settings, secrets);
  const sessions = roleSessionsOver(settings, secrets);
  return async (_project, dispatcher) => (project, session) =>
    createMaxComputeClient({
      endpoint: settings.ODPS_ENDPOINT,
      project,
      credentials: sessions?.of(session) ?? own,
      region: settings.ODPS_REGION_NAME,
      logviewHost: settings.ODPS_LOGVIEW_HOST,
      userAgent: `odps-chatops/${version}`,
      now,
      dispatcher,
    });
}
