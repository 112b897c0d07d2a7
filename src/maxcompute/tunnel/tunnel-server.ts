import type { Api } from "../api.ts";
import { MalformedBody } from "../malformed-body.ts";
import type { ApiRequest } from "../request.ts";
import { repeatRead } from "../retry.ts";
import type { ApiServer } from "../settings.ts";
import { decodeUtf8 } from "../text.ts";

const maxHostBytes = 4096;

/** `host[:port]` and nothing else; a name that a URL would read as another, such as 0x7f.1, is none. */
const plainHost = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

const serverAt = (scheme: string, text: string): ApiServer | undefined => {
  const host = text.trim().toLowerCase();
  if (host === "") return undefined;
  const url = `${scheme}//${host}`;
  if (!plainHost.test(host) || !URL.canParse(url)) throw new MalformedBody("a tunnel server that is no host");
  const { origin, hostname } = new URL(url);
  if (hostname !== host.replace(/:\d+$/, "")) throw new MalformedBody("a tunnel server that is no host");
  return { origin, basePath: "" };
};

/**
 * Where the instance tunnel is (protocol section 13): the option, else what `GET /projects/{p}/tunnel?service` answers, asked once per
 * client, with the endpoint's own scheme; undefined when the service names none. Throws "malformed" for an answer that is no plain host.
 * `instanceId` is whose result it is for, for an error to name.
 */
export async function tunnelServer(api: Api, quota?: string, instanceId?: string): Promise<ApiServer | undefined> {
  const { settings, learnt } = api.connection;
  if (settings.tunnel !== undefined) return settings.tunnel;
  const memory = `tunnel ${quota ?? ""}`;
  const known = learnt.hosts.get(memory);
  if (known !== undefined) return known === "" ? undefined : { origin: known, basePath: "" };
  const quotaName = quota === undefined ? [] : [["quotaName", quota] as const];
  const request: ApiRequest = {
    method: "GET",
    path: ["projects", api.project, "tunnel"],
    query: [["service", ""], ...quotaName],
    repeat: repeatRead,
    maxBytes: maxHostBytes,
    instanceId,
  };
  const { protocol } = new URL(settings.origin);
  const server = await api.ask(request, ({ body }) => serverAt(protocol, decodeUtf8(body)));
  learnt.hosts.set(memory, server?.origin ?? "");
  return server;
}
