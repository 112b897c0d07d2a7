// MaxCompute and Slack in a process of their own. MaxCompute is the project's simulator, 30 ms away; only its listing is answered here,
// from a list that stands still, for the simulator sorts all there is for every page.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createMaxComputeSimulator } from "../../src/simulator/maxcompute/index.ts";
import type { Counts, Places } from "./places.ts";
import { slackAnswer } from "./slack-answer.ts";

const latencyMs = 30;
const pageSize = 1_000;
const hours = 3_600_000;
const days = 24 * hours;

type Ask =
  | { readonly start: { readonly watches: number; readonly ending: number } }
  | { readonly counts: true }
  | { readonly isLimited: boolean };

const maxcompute = createMaxComputeSimulator();
const { project, accessId, accessKey } = maxcompute;
const startedAt = Date.now() - 3 * hours;
let running: string[] = [];
const none: Counts = { pages: 0, calls: 0, posts: 0, edits: 0, refusals: 0 };
let counts = none;
let slack = slackAnswer(false);
const count = (what: keyof Counts) => {
  counts = { ...counts, [what]: counts[what] + 1 };
};

function page(url: URL): string {
  const from = Number(url.searchParams.get("marker") || 0);
  const names = running.slice(from, from + pageSize);
  const next = from + pageSize < running.length ? String(from + pageSize) : "";
  const begun = new Date(startedAt).toUTCString();
  const entry = (id: string) =>
    `<Instance><Name>${id}</Name><Owner>ALIYUN$alice@example.com</Owner><StartTime>${begun}</StartTime><EndTime/><Status>Running</Status></Instance>`;
  return `<?xml version="1.0"?><Instances><Marker>${next}</Marker><MaxItems>${pageSize}</MaxItems>${names.map(entry).join("")}</Instances>`;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (!url.pathname.endsWith("/instances")) {
    count("calls");
    void maxcompute.handle(request, response).catch(() => response.destroy());
    return;
  }
  count("pages");
  response.writeHead(200, { "Content-Type": "application/xml", "x-odps-request-id": "bench" }).end(page(url));
}

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const url = await listen(createServer((request, response) => void setTimeout(answer, latencyMs, request, response)));
const slackUrl = await listen(
  createServer((request, response) => {
    const method = request.url?.split("/").at(-1) ?? "";
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const { status, headers, reply, counted } = slack(method, new URLSearchParams(body).get("channel") ?? "", Date.now());
      count(counted);
      response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(reply));
    });
  }),
);

/** All of them have begun hours ago, each a job of its own; a few, here and there among them, ended half a minute ago. */
function start(watches: number, ending: number): readonly string[] {
  const between = watches / ending;
  const hasEnded = (index: number): boolean => index % between === 0;
  const ids = Array.from({ length: watches }, (_, index) =>
    maxcompute.start("running", {
      startedAt,
      jobName: `job-${index}`,
      durationMs: hasEnded(index) ? 3 * hours - 30_000 : 30 * days,
    }),
  );
  running = ids.filter((_, index) => !hasEnded(index));
  return ids;
}

function answerOf(ask: Ask): Counts | readonly string[] | true {
  if ("start" in ask) return start(ask.start.watches, ask.start.ending);
  if ("isLimited" in ask) {
    slack = slackAnswer(ask.isLimited);
    return true;
  }
  const counted = counts;
  counts = none;
  return counted;
}

process.on("message", (ask: Ask) => process.send?.(answerOf(ask)));
process.on("disconnect", () => process.exit(0));
process.send?.({ endpoint: `${url}/api`, project, accessId, accessKey, slackUrl } satisfies Places);
