import type { Api } from "../api.ts";
import { decodeToken } from "../decode/token.ts";
import { MaxComputeError } from "../errors.ts";
import type { JobInsight, Logview } from "../instance.ts";
import { jobInsightUrl, logviewUrl } from "../logview.ts";
import { checkLinkedInstanceId } from "../names.ts";
import { repeatRead } from "../retry.ts";
import { askLinkHost, linkHost } from "./link-host.ts";

const defaultLogviewHost = "http://logview.aliyun.com";
const hourMs = 60 * 60 * 1000;
const maxTokenBytes = 64 * 1024;

const tokenRequestBody = (project: string, id: string, hours: number): string => {
  const statement = { Action: ["odps:Read"], Effect: "Allow", Resource: `acs:odps:*:projects/${project}/instances/${id}` };
  return JSON.stringify({ expires_in_hours: hours, policy: { Statement: [statement], Version: "1" } });
};

/** Although a POST, it changes nothing: it signs a token and forgets it. So it is repeated like a read. */
const getToken = (api: Api, id: string, hours: number): Promise<string> => {
  const request = {
    method: "POST",
    path: ["projects", api.project, "authorization"],
    query: [["sign_bearer_token", ""]],
    body: { contentType: "application/json", text: tokenRequestBody(api.project, id, hours) },
    repeat: repeatRead,
    instanceId: id,
    maxBytes: maxTokenBytes,
  } as const;
  return api.ask(request, ({ body }) => decodeToken(body));
};

const configuredHost = (host: string | undefined, option: string): string | undefined => {
  if (host === undefined || host === "") return undefined;
  const usable = linkHost(host);
  if (usable === undefined) throw new MaxComputeError("invalid", `${option} is not an http or https URL`);
  return usable;
};

export type LogviewOptions = {
  /** How long the link works, 1 to 720 hours. Default 24. */
  readonly hours?: number | undefined;
};

/** A link that lets whoever has it read the instance until it expires (protocol section 10.1): treat it as a secret. */
export async function getLogview(api: Api, id: string, { hours = 24 }: LogviewOptions = {}): Promise<Logview> {
  if (!Number.isInteger(hours) || hours < 1 || hours > 720) {
    throw new MaxComputeError("invalid", "A Logview link lasts 1 to 720 whole hours", { instanceId: id });
  }
  checkLinkedInstanceId(id);
  const { settings, now } = api.connection;
  const host = configuredHost(settings.logviewHost, "logviewHost") ?? (await askLinkHost(api, "logview")) ?? defaultLogviewHost;
  const askedAt = now();
  const token = await getToken(api, id, hours);
  return { url: logviewUrl(host, settings.endpoint, settings.project, id, token), expiresAt: askedAt + hours * hourMs };
}

/**
 * A link to the instance in the web console, which asks for a login of its own (protocol section 10.2). Undefined when no region is
 * known, or the service names no console: an installation without one should not be linked to somebody else's.
 */
export async function getJobInsight(api: Api, id: string): Promise<JobInsight | undefined> {
  checkLinkedInstanceId(id);
  const { settings } = api.connection;
  if (settings.region === undefined) return undefined;
  const host = configuredHost(settings.jobInsightHost, "jobInsightHost") ?? (await askLinkHost(api, "webconsole"));
  return host === undefined ? undefined : { url: jobInsightUrl(host, settings.region, settings.endpoint, settings.project, id) };
}
