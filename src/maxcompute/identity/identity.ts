import { MaxComputeError, type MaxComputeErrorKind } from "../errors.ts";
import type { AccessKey } from "../options.ts";
import { errorCode, redact, secretsOf } from "../redact.ts";
import { checkAccessKey } from "../settings.ts";
import type { CredentialsProvider } from "./provider.ts";

/** Who a client is: what its provider says, checked; and every secret that was used lately, so that none is told by an echo that comes late. */
export type Identity = {
  /**
   * The key to sign with now. Throws MaxComputeError "unauthorized" when there is none to be had, and "unreachable", "timeout", "throttled",
   * "server" or "clock-skew" when that is not the key's fault; never what could be taken for MaxCompute's word on an instance.
   */
  key(): Promise<AccessKey>;
  /** After `refused` was not accepted: another key, if the provider has one. Throws nothing. */
  keyInsteadOf(refused: AccessKey): Promise<AccessKey | undefined>;
  /** Keys and tokens that were used lately, current ones included. */
  secrets(): readonly string[];
};

/** The current key and the ones it replaced; a temporary key lives for about an hour. */
const keptKeys = 4;

/** A provider that asks elsewhere may be kept from it for a moment. */
const passingKinds: ReadonlySet<MaxComputeErrorKind> = new Set(["unreachable", "timeout", "throttled", "server", "clock-skew"]);

/** What a provider threw, for whoever makes a call: where it was asked for is not where the call goes, so its status is left out. */
const explain = ({ kind, message, code, requestId }: MaxComputeError, secrets: readonly string[]): MaxComputeError =>
  new MaxComputeError(passingKinds.has(kind) ? kind : "unauthorized", redact(message, secrets), { code, requestId });

const isSame = (one: AccessKey, other: AccessKey) =>
  one.id === other.id && one.secret === other.secret && one.stsToken === other.stsToken;

export function createIdentity(provider: CredentialsProvider): Identity {
  let used: readonly AccessKey[] = [];
  const secrets = () => used.flatMap((key) => secretsOf(key));

  const key = async (): Promise<AccessKey> => {
    let given: AccessKey;
    try {
      given = checkAccessKey(await provider.get());
    } catch (cause) {
      // A provider's error may be anything, also one that quotes what it read: only ours are passed on.
      if (cause instanceof MaxComputeError) throw explain(cause, secrets());
      const code = errorCode(cause);
      throw new MaxComputeError("unauthorized", `The credentials cannot be read${code === undefined ? "" : ` (${code})`}`);
    }
    if (!used.some((known) => isSame(known, given))) used = [given, ...used].slice(0, keptKeys);
    return given;
  };

  return {
    key,
    secrets,
    async keyInsteadOf(refused) {
      try {
        // Another call may have been refused first, and have brought a new one already.
        const known = await key();
        if (!isSame(known, refused)) return known;
        await provider.refresh?.();
        const next = await key();
        return isSame(next, refused) ? undefined : next;
      } catch {
        // What MaxCompute said about the old key is the better explanation.
        return undefined;
      }
    },
  };
}
