// Secrets by name from the parameter store, kept for a while: fetched once a cold start, again at most every five minutes, and at once
// when a service says that one is no longer right (production rule 29).
import type { AwsCall } from "./json-call.ts";

export type SecretName = "slack-signing-secret" | "slack-bot-token" | "odps-access-key" | "odps-sts-token" | "seal-key";

export type Secrets = {
  /** The values of a secret, newest first: a parameter may hold two, separated by a comma, while one is rotated. */
  values(name: SecretName): Promise<readonly string[]>;
  /** The newest value. */
  value(name: SecretName): Promise<string>;
  /** Somebody refused a value: the next read asks again, unless that was done within the last 30 seconds. */
  doubt(): void;
};

const freshMs = 5 * 60_000;
const doubtEveryMs = 30_000;
/** For each of the attempts at reading them. */
const readMs = 800;
const attempts = 2;

/** A secret is missing, or cannot be read. */
export class SecretMissing extends Error {
  override readonly name = "SecretMissing";
}

export type SecretsPorts = {
  readonly call: AwsCall;
  readonly path: string;
  readonly names: readonly SecretName[];
  now(): number;
};

/** `path` is the prefix of the parameters: `/odps-chatops/prod` holds `/odps-chatops/prod/seal-key`. */
export function createSecrets({ call, path, names, now }: SecretsPorts): Secrets {
  let known: ReadonlyMap<string, string> | undefined;
  let readAt = 0;
  let isDoubted = false;
  let reading: Promise<ReadonlyMap<string, string>> | undefined;

  async function fetch(): Promise<ReadonlyMap<string, string>> {
    const input = { Names: names.map((name) => `${path}/${name}`), WithDecryption: true };
    const answer = await call("AmazonSSM.GetParameters", input, { withinMs: readMs, attempts });
    const { Parameters = [] } = answer as {
      readonly Parameters?: readonly { readonly Name?: string; readonly Value?: string }[];
    };
    return new Map(Parameters.map(({ Name = "", Value = "" }) => [Name.slice(path.length + 1), Value]));
  }

  async function read(): Promise<ReadonlyMap<string, string>> {
    const age = now() - readAt;
    const isStale = known === undefined || age > freshMs || (isDoubted && age > doubtEveryMs);
    if (!isStale && known !== undefined) return known;
    reading ??= fetch().finally(() => {
      reading = undefined;
    });
    try {
      known = await reading;
      readAt = now();
      isDoubted = false;
    } catch (cause) {
      // The store being away must not stop a bot that still holds secrets which worked a moment ago.
      if (known === undefined) throw new SecretMissing(`the parameters under ${path} cannot be read`, { cause });
    }
    return known;
  }

  const values = async (name: SecretName): Promise<readonly string[]> => {
    const value = (await read()).get(name);
    if (value === undefined || value === "") throw new SecretMissing(`the parameter ${path}/${name} is missing`);
    return value.split(",").map((part) => part.trim());
  };
  return {
    values,
    value: async (name) => (await values(name))[0] ?? "",
    doubt() {
      isDoubted = true;
    },
  };
}
