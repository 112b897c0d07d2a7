import { splitUrl } from "../call.ts";
import { parseQuery } from "../query.ts";

/** `session` opens one or asks for one, `read` takes records from it. */
export type TunnelRequest = "session" | "read";

/** Whether a request, by its target as on the wire, is one of the instance tunnel (protocol section 13). */
export const tunnelRequest = (target: string): TunnelRequest | undefined => {
  const { path, rawQuery } = splitUrl(target);
  if (!/\/instances\/[^/]+\/?$/.test(path)) return undefined;
  const keys = new Set(parseQuery(rawQuery).map(([name]) => name));
  if (keys.has("downloads")) return "session";
  if (!keys.has("downloadid")) return undefined;
  return keys.has("data") ? "read" : "session";
};
