import type { Dispatcher } from "undici";
import type { Deployment } from "../src/aws/deployment.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import type { MaxComputeClient } from "../src/maxcompute/index.ts";
import { createMaxComputeClient } from "../src/maxcompute/index.ts";
import { type AccessKey, withFreshKey } from "./fresh-key.ts";
import { version } from "./version.ts";

type Settings = Pick<Deployment, "ODPS_ENDPOINT" | "ODPS_ACCESS_ID" | "ODPS_REGION_NAME" | "ODPS_LOGVIEW_HOST">;

/** The access key of the moment. */
async function accessKeyIn({ ODPS_ACCESS_ID: id }: Settings, secrets: Pick<Secrets, "value">): Promise<AccessKey> {
  const secret = await secrets.value("odps-access-key");
  const stsToken = await secrets.value("odps-sts-token").catch(() => undefined); // most have none
  return { id, secret, stsToken };
}

/** Clients over an invocation's own connections, with the access key of the moment, also where it changes on the way. */
export const maxComputeOver =
  (settings: Settings, secrets: Pick<Secrets, "value" | "doubt">) =>
  async (_project: string, dispatcher: Dispatcher): Promise<(project: string) => MaxComputeClient> => {
    const first = await accessKeyIn(settings, secrets);
    const newest = () => {
      secrets.doubt();
      return accessKeyIn(settings, secrets);
    };
    const clientsWith = (accessKey: AccessKey) => (project: string) =>
      createMaxComputeClient({
        endpoint: settings.ODPS_ENDPOINT,
        project,
        accessKey,
        region: settings.ODPS_REGION_NAME,
        logviewHost: settings.ODPS_LOGVIEW_HOST,
        userAgent: `odps-chatops/${version}`,
        dispatcher,
      });
    return withFreshKey({ first, newest, clientsWith });
  };
