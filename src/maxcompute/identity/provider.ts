import type { AccessKey } from "../options.ts";

/** An access key, and when it ends if it is a temporary one. */
export type Credential = AccessKey & {
  /** Epoch ms. */
  readonly expiresAt?: number | undefined;
};

/** Where a client gets its credential from. One provider may serve many clients. */
export type CredentialsProvider = {
  /** Asked before every attempt, so it should remember what it has (`keepFresh` does that for it). */
  get(): Promise<Credential>;
  /** MaxCompute refused what `get` gave last: the next `get` should not give the same again if there is anything newer. */
  refresh?(): void | Promise<void>;
};

/** The provider of one key, permanent or temporary, that never changes. */
export function staticCredentials(accessKey: AccessKey): CredentialsProvider {
  return { get: async () => accessKey };
}
