import type { Api } from "../api.ts";
import { MaxComputeError } from "../errors.ts";
import { neverRepeat } from "../retry.ts";
import { decodeUtf8 } from "../text.ts";

const maxHostBytes = 4096;

/** A link's host as given by a setting or the service: an http or https origin, perhaps with a path; undefined when it is not. */
export function linkHost(text: string): string | undefined {
  const host = text.trim().replace(/\/+$/, "");
  if (!/^https?:\/\/[\w.~:[\]-]+(?:\/[\w./~-]*)?$/i.test(host) || !URL.canParse(host)) return undefined;
  return host;
}

const isFinal = (error: MaxComputeError) => error.httpStatus !== undefined && error.httpStatus >= 400 && error.httpStatus < 500;

/**
 * The host that `GET /logview/host` or `GET /webconsole/host` answers (protocol section 10), asked once per client; undefined when the
 * service has none or does not say. A link host is not worth a repetition; a failure that may pass is not remembered.
 */
export async function askLinkHost(api: Api, service: "logview" | "webconsole"): Promise<string | undefined> {
  const { hosts } = api.connection.learnt;
  const known = hosts.get(service);
  if (known !== undefined) return known || undefined;
  const request = { method: "GET", path: [service, "host"], repeat: neverRepeat, maxBytes: maxHostBytes } as const;
  try {
    const host = await api.ask(request, ({ body }) => linkHost(decodeUtf8(body)));
    hosts.set(service, host ?? "");
    return host;
  } catch (error) {
    if (!(error instanceof MaxComputeError)) throw error;
    if (isFinal(error)) hosts.set(service, "");
    return undefined;
  }
}
