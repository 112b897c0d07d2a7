import { MaxComputeError } from "./errors.ts";
import { type CredentialsProvider, staticCredentials } from "./identity/provider.ts";
import { checkProjectName } from "./names.ts";
import type { AccessKey, MaxComputeOptions } from "./options.ts";
import { regionFromEndpoint } from "./region.ts";

export type ApiServer = {
  readonly origin: string;
  /** Goes before every path and is not signed; "" or as in "/api". */
  readonly basePath: string;
};

/** The options, checked and with their defaults. */
export type Settings = {
  /** Without a trailing slash, as it stands in links. */
  readonly endpoint: string;
  readonly origin: string;
  /** The endpoint's own path, which goes before every path and is not signed: "/api" or "". */
  readonly basePath: string;
  readonly project: string;
  /** Undefined when a provider gives the credential. */
  readonly accessKey: AccessKey | undefined;
  readonly credentials: CredentialsProvider;
  readonly region: string | undefined;
  /** The instance tunnel's server, when it need not be asked for. */
  readonly tunnel: ApiServer | undefined;
  readonly compressTunnel: boolean;
  readonly logviewHost: string | undefined;
  readonly jobInsightHost: string | undefined;
  readonly userAgent: string;
  readonly connectMs: number;
  readonly requestMs: number;
  readonly totalMs: number;
  readonly retries: number | undefined;
  readonly maxResponseBytes: number;
  readonly signaturePrefix: string;
};

const invalid = (message: string) => new MaxComputeError("invalid", message);

const parseEndpoint = (text: string, what = "endpoint") => {
  const endpoint = text.trim().replace(/\/$/, "");
  if (!URL.canParse(endpoint)) throw invalid(`The ${what} is not a URL`);
  const url = new URL(endpoint);
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  // It becomes part of links, so nothing may hide in it.
  const isPlain =
    url.username === "" && url.password === "" && url.search === "" && url.hash === "" && /^[\w./~:[\]-]+$/.test(endpoint);
  if (!isWeb || !isPlain)
    throw invalid(`The ${what} must be a plain http or https URL such as https://service.<region>.maxcompute.aliyun.com/api`);
  return { endpoint, origin: url.origin, basePath: url.pathname.replace(/\/$/, "") };
};

const printable = /^[\x20-\x7e]+$/;

const checkHeaderText = (what: string, text: string) => {
  if (!printable.test(text)) throw invalid(`The ${what} must be printable ASCII`);
  return text;
};

/** Throws "invalid" for what cannot stand in a header; the message never quotes it. */
export const checkAccessKey = (accessKey: AccessKey): AccessKey => {
  checkHeaderText("access key id", accessKey.id);
  if (accessKey.secret === "") throw invalid("The access key secret is empty");
  const { id, secret, stsToken } = accessKey;
  return stsToken ? { id, secret, stsToken: checkHeaderText("STS token", stsToken) } : { id, secret };
};

const identityFrom = ({ accessKey, credentials }: MaxComputeOptions) => {
  if (credentials !== undefined && accessKey === undefined) return { accessKey, credentials };
  if (credentials !== undefined || accessKey === undefined) throw invalid("Give either `accessKey` or `credentials`");
  const checked = checkAccessKey(accessKey);
  return { accessKey: checked, credentials: staticCredentials(checked) };
};

const checkCount = (what: string, value: number, least: number) => {
  if (!Number.isInteger(value) || value < least) throw invalid(`${what} must be a whole number of at least ${least}`);
  return value;
};

const checkRegion = (region: string | undefined) => {
  if (region !== undefined && !/^[A-Za-z0-9_-]+$/.test(region)) throw invalid("Not a usable region");
  return region;
};

/** Checks the options and fills in their defaults. Throws MaxComputeError "invalid", whose message never quotes a credential. */
export function settingsFrom(options: MaxComputeOptions): Settings {
  const { timeouts = {} } = options;
  return {
    ...parseEndpoint(options.endpoint),
    project: checkProjectName(options.project),
    ...identityFrom(options),
    region: checkRegion(options.region || regionFromEndpoint(options.endpoint)),
    tunnel: options.tunnelEndpoint ? parseEndpoint(options.tunnelEndpoint, "tunnel endpoint") : undefined,
    compressTunnel: options.compressTunnel ?? false,
    logviewHost: options.logviewHost,
    jobInsightHost: options.jobInsightHost,
    userAgent: checkHeaderText("user agent", options.userAgent || "odps-chatops"),
    connectMs: checkCount("timeouts.connectMs", timeouts.connectMs ?? 5_000, 1),
    requestMs: checkCount("timeouts.requestMs", timeouts.requestMs ?? 60_000, 1),
    totalMs: checkCount("timeouts.totalMs", timeouts.totalMs ?? 180_000, 1),
    retries: options.retries === undefined ? undefined : checkCount("retries", options.retries, 0),
    maxResponseBytes: checkCount("maxResponseBytes", options.maxResponseBytes ?? 64 * 1024 * 1024, 1),
    signaturePrefix: checkHeaderText("signature prefix", options.signaturePrefix ?? "aliyun_v4"),
  };
}
