import { MaxComputeError } from "../errors.ts";
import { type Fetch, fetchText } from "./fetch-text.ts";
import { keepFresh } from "./keep-fresh.ts";
import { readKeyDocument } from "./key-document.ts";
import type { CredentialsProvider } from "./provider.ts";

const source = "The credentials URI";

const isLoopback = (hostname: string) => hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);

export type CredentialsUriOptions = {
  readonly uri: string;
  readonly fetch: Fetch;
  /** Epoch ms. */
  readonly now: () => number;
  /** Allows a key to cross a network in the clear. Default: no. */
  readonly allowPlainHttp?: boolean | undefined;
};

/** The address when a key may be asked for there: https, or this very machine. Throws MaxComputeError "invalid". */
const checkUri = (uri: string, allowPlainHttp: boolean): string => {
  if (!URL.canParse(uri)) throw new MaxComputeError("invalid", `${source} is not a URL`);
  const { protocol, hostname, username, password } = new URL(uri);
  if (username !== "" || password !== "") throw new MaxComputeError("invalid", `${source} must not have a login in it`);
  const isSafe = protocol === "https:" || (protocol === "http:" && (allowPlainHttp || isLoopback(hostname)));
  if (!isSafe) throw new MaxComputeError("invalid", `${source} must be an https URL, or an http URL of this machine`);
  return uri;
};

/**
 * The provider of what a local service hands out (ALIBABA_CLOUD_CREDENTIALS_URI), kept until shortly before it expires. Throws MaxComputeError
 * "invalid" for an address a key should not be asked for at.
 */
export function credentialsFromUri({ uri, fetch, now, allowPlainHttp = false }: CredentialsUriOptions): CredentialsProvider {
  const url = checkUri(uri, allowPlainHttp);
  return keepFresh(async () => readKeyDocument(source, await fetchText(fetch, { source, url })), now);
}
