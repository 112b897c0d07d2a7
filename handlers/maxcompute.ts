import type { Dispatcher } from "undici";
import type { Deployment } from "../src/aws/deployment.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import type { MaxComputeClient } from "../src/maxcompute/index.ts";
import { createMaxComputeClient } from "../src/maxcompute/index.ts";
import { version } from "./version.ts";

type Settings = Pick<Deployment, "ODPS_ENDPOINT" | "ODPS_ACCESS_ID" | "ODPS_REGION_NAME" | "ODPS_LOGVIEW_HOST">;

/** Tells of every refused signature: the access key may have been changed, and the next command asks for it again (production rule 29). */
const whenRefused =
  (tell: () => void): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (options, handler) =>
    dispatch(options, {
      onRequestStart: (...about) => handler.onRequestStart?.(...about),
      onResponseStart(controller, status, ...about) {
        if (status === 401) tell();
        handler.onResponseStart?.(controller, status, ...about);
      },
      onResponseData: (...about) => handler.onResponseData?.(...about),
      onResponseEnd: (...about) => handler.onResponseEnd?.(...about),
      onResponseError: (...about) => handler.onResponseError?.(...about),
    });

/** Clients over an invocation's own connections, with the access key of the moment. */
export const maxComputeOver =
  (settings: Settings, secrets: Secrets) =>
  async (_project: string, dispatcher: Dispatcher): Promise<(project: string) => MaxComputeClient> => {
    const secret = await secrets.value("odps-access-key");
    const watched = dispatcher.compose(whenRefused(secrets.doubt));
    const stsToken = await secrets.value("odps-sts-token").catch(() => undefined); // most have none
    return (project) =>
      createMaxComputeClient({
        endpoint: settings.ODPS_ENDPOINT,
        project,
        accessKey: { id: settings.ODPS_ACCESS_ID, secret, stsToken },
        region: settings.ODPS_REGION_NAME,
        logviewHost: settings.ODPS_LOGVIEW_HOST,
        userAgent: `odps-chatops/${version}`,
        dispatcher: watched,
      });
  };
