import type { Credential, CredentialsProvider } from "./provider.ts";

/** A temporary credential is replaced this long before it ends. */
const earlyMs = 5 * 60_000;
/** How long after a failed try, or after a refusal that brought nothing new, the source is left alone. */
const pauseMs = 30_000;

/**
 * Keeps what `load` gives until five minutes before it expires, or until MaxCompute refuses it. All who ask at the same time share one
 * load. When a load fails, what is there is used for as long as it is valid, and the source is asked again half a minute later at most.
 */
export function keepFresh(load: () => Promise<Credential>, now: () => number): CredentialsProvider {
  let known: Credential | undefined;
  let isDoubted = false;
  let doubtedAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<Credential> | undefined;

  const isValid = ({ expiresAt = Number.POSITIVE_INFINITY }: Credential) => expiresAt > now();
  const isFresh = ({ expiresAt = Number.POSITIVE_INFINITY }: Credential) => !isDoubted && expiresAt - earlyMs > now();

  const reload = async (): Promise<Credential> => {
    try {
      known = await load();
      isDoubted = false;
      return known;
    } catch (error) {
      failedAt = now();
      throw error;
    } finally {
      loading = undefined;
    }
  };

  return {
    async get() {
      if (known !== undefined && (isFresh(known) || (isValid(known) && now() - failedAt < pauseMs))) return known;
      loading ??= reload();
      try {
        return await loading;
      } catch (error) {
        // The source being away must not stop a bot whose credential still works.
        if (known !== undefined && isValid(known)) return known;
        throw error;
      }
    },
    refresh() {
      if (now() - doubtedAt < pauseMs) return;
      doubtedAt = now();
      isDoubted = true;
      failedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
