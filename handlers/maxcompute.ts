import type { Dispatcher } from "undici";
import type { Deployment } from "../src/aws/deployment.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import type { Credential, MaxComputeClient } from "../src/maxcompute/index.ts";
import { createMaxComputeClient } from "../src/maxcompute/index.ts";
import { version } from "./version.ts";

type Settings = Pick<Deployment, "ODPS_ENDPOINT" | "ODPS_ACCESS_ID" | "ODPS_REGION_NAME" | "ODPS_LOGVIEW_HOST">;

/** Clients over an invocation's own connections, with the access key of the moment, also where it changes on the way (production rule 29). */
export const maxComputeOver =
  (settings: Settings, secrets: Pick<Secrets, "value" | "doubt">, now = Date.now) =>
  async (_project: string, dispatcher: Dispatcher): Promise<(project: string) => MaxComputeClient> => {
    const get = async (): Promise<Credential> => {
      const secret = await secrets.value("odps-access-key");
      const stsToken = await secrets.value("odps-sts-token").catch(() => undefined); // most have none
      return { id: settings.ODPS_ACCESS_ID, secret, stsToken };
    };
    return (project) =>
      createMaxComputeClient({
        endpoint: settings.ODPS_ENDPOINT,
        project,
        credentials: { get, refresh: secrets.doubt },
        region: settings.ODPS_REGION_NAME,
        logviewHost: settings.ODPS_LOGVIEW_HOST,
        userAgent: `odps-chatops/${version}`,
        now,
        dispatcher,
      });
  };
