import { type Fetch, fetchText } from "./fetch-text.ts";
import { keepFresh } from "./keep-fresh.ts";
import { readKeyDocument } from "./key-document.ts";
import type { CredentialsProvider } from "./provider.ts";
import { checkSecretUrl } from "./secret-url.ts";

const source = "The credentials URI";

export type CredentialsUriOptions = {
  readonly uri: string;
  readonly fetch: Fetch;
  /** Epoch ms. */
  readonly now: () => number;
  /** Allows a key to cross a network in the clear. Default: no. */
  readonly allowPlainHttp?: boolean | undefined;
};

/**
 * The provider of what a local service hands out (ALIBABA_CLOUD_CREDENTIALS_URI), kept until shortly before it expires. Throws MaxComputeError
 * "invalid" for an address a key should not be asked for at.
 */
export function credentialsFromUri({ uri, fetch, now, allowPlainHttp = false }: CredentialsUriOptions): CredentialsProvider {
  const url = checkSecretUrl(source, uri, allowPlainHttp);
  return keepFresh(async () => readKeyDocument(source, await fetchText(fetch, { source, url })), now);
}
