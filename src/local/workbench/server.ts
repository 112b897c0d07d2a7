import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../simulator/clock.ts";
import type { SlackSimulator } from "../../simulator/slack/api.ts";
import { RefusedRequest, securityHeaders, sendJson } from "./answer.ts";
import { type Asset, importMapHash, loadAssets } from "./assets.ts";
import { createEventStreams } from "./events.ts";
import { refusalOf } from "./guard.ts";
import { faultRoutes } from "./routes/fault-routes.ts";
import { maxComputeRoutes } from "./routes/maxcompute-routes.ts";
import type { Route } from "./routes/route.ts";
import { type Completion, slackRoutes } from "./routes/slack-routes.ts";
import type { Scenarios } from "./scenarios.ts";

export type WorkbenchOptions = {
  readonly slack: SlackSimulator;
  readonly maxcompute: Scenarios;
  /** The bot's verbs with usage and one-line summary, for the composer. */
  readonly completions: readonly Completion[];
  /** Turns Slack's delivery id (trigger_id, message ts) into the bot's request id; the same text when absent. */
  readonly requestIdOf?: (deliveryId: string) => string;
  /** Only paces the heartbeat of the event streams. */
  readonly clock?: Clock;
};

export type Workbench = {
  /** Serves a request if its path is the workbench's; false leaves it to whoever else listens on the same server. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  close(): void;
};

function failureOf(error: unknown): { status: number; message: string } {
  if (error instanceof RefusedRequest) return { status: error.status, message: error.message };
  return { status: 500, message: error instanceof Error ? error.message : String(error) };
}

async function answer(route: Route, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  try {
    sendJson(response, 200, await route.answer(request, url));
  } catch (error) {
    const { status, message } = failureOf(error);
    sendJson(response, status, { ok: false, error: message });
  }
}

function sendAsset(request: IncomingMessage, response: ServerResponse, asset: Asset, headers: Record<string, string>): void {
  const shared = { ...headers, etag: asset.etag, "cache-control": "no-cache", "content-type": asset.type };
  const isKnown = request.headers["if-none-match"] === asset.etag;
  response.writeHead(isKnown ? 304 : 200, shared);
  response.end(isKnown || request.method === "HEAD" ? undefined : asset.body);
}

/**
 * The browser page that stands in for Slack, and its addresses under /sim. Mount it on a server that listens on loopback; requests whose
 * `Host` or `Origin` is not ours are refused with 403. Files of Slack (/files/...) are the simulator's to serve.
 */
export function createWorkbench({
  slack,
  maxcompute,
  completions,
  requestIdOf = (id) => id,
  clock,
}: WorkbenchOptions): Workbench {
  const assets = loadAssets();
  const headers = securityHeaders(importMapHash(assets.get("/")?.body.toString("utf8") ?? ""));
  const events = createEventStreams(clock);
  const stopListening = slack.onChange((change) => events.tell(change));
  const routes = [
    ...slackRoutes({ slack, completions, requestIdOf }),
    ...maxComputeRoutes(maxcompute),
    ...faultRoutes(slack, maxcompute),
  ];

  async function serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const asset = assets.get(url.pathname);
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (asset !== undefined && isRead) return sendAsset(request, response, asset, headers);
    if (url.pathname === "/sim/events" && request.method === "GET") return events.open(response);
    const here = routes.filter(({ path }) => path === url.pathname);
    const route = here.find(({ method }) => method === request.method);
    if (route !== undefined) return answer(route, request, response, url);
    if (here.length > 0 || asset !== undefined) return sendJson(response, 405, { ok: false, error: "not with this method" });
    sendJson(response, 404, { ok: false, error: `there is nothing at ${url.pathname}` });
  }

  return {
    async handle(request, response) {
      const url = URL.parse(request.url ?? "/", "http://localhost");
      if (url === null) return false;
      const isOurs = url.pathname === "/" || url.pathname.startsWith("/page/") || /^\/sim(\/|$)/.test(url.pathname);
      if (!isOurs) return false;
      const refusal = refusalOf(request.headers, request.socket.localPort ?? 0);
      if (refusal === undefined) await serve(request, response, url);
      else sendJson(response, 403, { ok: false, error: refusal });
      return true;
    },
    close() {
      stopListening();
      events.close();
    },
  };
}
