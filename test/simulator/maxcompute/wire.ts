import { createHmac } from "node:crypto";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { defaultSettings, type ServerOptions, startMaxComputeSimulator } from "../../../src/simulator/maxcompute/index.ts";
import { type ManualClock, manualClock } from "../../support/manual-clock.ts";

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
};

export type Ask = {
  readonly method?: string;
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Overrides for requests that are signed wrongly on purpose. */
  readonly accessId?: string;
  readonly accessKey?: string;
  readonly date?: number;
  readonly region?: string;
  readonly unsigned?: boolean;
  /** The tunnel's paths start at the root, the others at /api. */
  readonly at?: "root" | "api";
};

type Target = { readonly url: string; readonly accessId: string; readonly accessKey: string };

const hmac = (algorithm: string, key: string | Buffer, text: string): Buffer => createHmac(algorithm, key).update(text).digest();

/** A second signer, written from the protocol page alone: neither the simulator's nor the client's. */
export const authorize = (secret: string, id: string, canonical: string, scope?: { day: string; region: string }): string => {
  if (scope === undefined) return `ODPS ${id}:${hmac("sha1", secret, canonical).toString("base64")}`;
  let key = hmac("sha256", `aliyun_v4${secret}`, scope.day);
  for (const part of [scope.region, "odps", "aliyun_v4_request"]) key = hmac("sha256", key, part);
  return `ODPS ${id}/${scope.day}/${scope.region}/odps/aliyun_v4_request:${hmac("sha1", key, canonical).toString("base64")}`;
};

const canonicalOf = (
  method: string,
  path: string,
  query: NonNullable<Ask["query"]>,
  headers: Readonly<Record<string, string>>,
): string => {
  const odps = Object.keys(headers).filter((name) => name.startsWith("x-odps-"));
  const lines = odps.sort().map((name) => `${name}:${headers[name]}`);
  const sorted = [...query]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  const resource = sorted.length === 0 ? path : `${path}?${sorted.join("&")}`;
  return [method, headers["content-md5"] ?? "", headers["content-type"] ?? "", headers.date ?? "", ...lines, resource].join("\n");
};

type Prepared = {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
};

/** Sends a request, and resolves when the head of its answer is there. */
const open = ({ url, method, headers, body }: Prepared): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const req = request(url, { method, headers, agent: false, maxHeaderSize: 1 << 18 }, resolve);
    req.on("error", reject);
    req.end(body);
  });

const exchange = async (prepared: Prepared): Promise<Answer> => {
  const res = await open(prepared);
  const chunks: Buffer[] = [];
  for await (const chunk of res) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return { status: res.statusCode ?? 0, headers: res.headers, body: bytes.toString("utf8"), bytes };
};

/** Signed requests to a simulator that is somewhere already. */
export const requestsTo = (target: Target, now: () => number) => ({
  ask: (wanted: Ask): Promise<Answer> => exchange(prepare(target, now(), wanted)),
  /** As `ask`, but the body is left to be read. */
  openAnswer: (wanted: Ask): Promise<IncomingMessage> => open(prepare(target, now(), wanted)),
});

/** A simulator on a clock that stands still, and `ask`, which signs and sends one request to its endpoint. */
export const aSimulator = async (options: ServerOptions & { clock?: ManualClock } = {}) => {
  const clock = options.clock ?? manualClock();
  const simulator = await startMaxComputeSimulator({ ...options, clock });
  const { ask, openAnswer } = requestsTo(simulator, clock.now);
  const instancePath = (scenarioOrId: string): string =>
    `/projects/${simulator.project}/instances/${simulator.instances[scenarioOrId] ?? scenarioOrId}`;
  /** GET of an instance, by scenario or id, with one action. */
  const get = (scenarioOrId: string, ...query: (readonly [string, string])[]): Promise<Answer> =>
    ask({ path: instancePath(scenarioOrId), query });
  const stop = (scenarioOrId: string): Promise<Answer> =>
    ask({ method: "PUT", path: instancePath(scenarioOrId), body: stopBody, headers: { "content-type": "application/xml" } });
  return { simulator, clock, ask, openAnswer, get, stop, instancePath, settings: { ...defaultSettings, ...options.settings } };
};

export const stopBody = '<?xml version="1.0" encoding="utf-8"?>\n<Instance><Status>Terminated</Status></Instance>';

const prepare = ({ url, accessId, accessKey }: Target, now: number, wanted: Ask): Prepared => {
  const { method = "GET", path, query = [], body = "", date = now, region } = wanted;
  const headers: Record<string, string> = {
    ...wanted.headers,
    date: new Date(date).toUTCString(),
    "x-odps-user-agent": "wire-test/1",
  };
  const scope = region === undefined ? undefined : { day: new Date(date).toISOString().slice(0, 10).replaceAll("-", ""), region };
  const canonical = canonicalOf(method, path, query, headers);
  const authorization = authorize(wanted.accessKey ?? accessKey, wanted.accessId ?? accessId, canonical, scope);
  const search = query
    .map(([name, value]) => `${encodeURIComponent(name)}${value === "" ? "" : `=${encodeURIComponent(value)}`}`)
    .join("&");
  const target = `${url}${wanted.at === "root" ? "" : "/api"}${path.split("/").map(encodeURIComponent).join("/")}${search === "" ? "" : `?${search}`}`;
  return { url: target, method, headers: wanted.unsigned === true ? headers : { ...headers, authorization }, body };
};

/** Texts of every `<name>` in a body without CDATA in them. */
export const texts = (body: string, name: string): string[] =>
  [...body.matchAll(new RegExp(`<${name}(?: [^>]*)?(?:/>|>([^<]*)</${name}>)`, "g"))].map(([, text = ""]) => text);

export const errorCode = ({ body }: Answer): string => texts(body, "Code")[0] ?? "";

/** Polls real I/O, not time: until the simulator has seen `count` requests. */
export const untilSeen = async (simulator: { requests(): readonly unknown[] }, count: number): Promise<void> => {
  while (simulator.requests().length < count) await new Promise((resolve) => setImmediate(resolve));
};
