// Secrets by name from the parameter store, kept for a while: fetched once a cold start, again at most every five minutes, and at once
// when a service says that one is no longer right (production rule 29).
import type { GetParametersCommandOutput } from "@aws-sdk/client-ssm";
import { GetParametersCommand } from "@aws-sdk/client-ssm";

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
/** While the store is away it is asked this seldom: each time costs somebody a second or two of the three that Slack waits. */
const failedEveryMs = 30_000;

/** A secret is missing, or cannot be read. */
export class SecretMissing extends Error {
  override readonly name = "SecretMissing";
}

export type SecretsPorts = {
  readonly client: { send(command: GetParametersCommand): Promise<GetParametersCommandOutput> };
  readonly path: string;
  readonly names: readonly SecretName[];
  now(): number;
};

/** `path` is the prefix of the parameters: `/odps-chatops/prod` holds `/odps-chatops/prod/seal-key`. */
export function createSecrets({ client, path, names, now }: SecretsPorts): Secrets {
  let known: ReadonlyMap<string, string> | undefined;
  let readAt = 0;
  let failedAt = Number.NEGATIVE_INFINITY;
  let isDoubted = false;
  let reading: Promise<ReadonlyMap<string, string>> | undefined;

  async function fetch(): Promise<ReadonlyMap<string, string>> {
    const { Parameters = [] } = await client.send(
      new GetParametersCommand({ Names: names.map((name) => `${path}/${name}`), WithDecryption: true }),
    );
    return new Map(Parameters.map(({ Name = "", Value = "" }) => [Name.slice(path.length + 1), Value]));
  }

  async function read(): Promise<ReadonlyMap<string, string>> {
    const age = now() - readAt;
    const isStale = known === undefined || age > freshMs || (isDoubted && age > doubtEveryMs);
    const isAway = now() - failedAt <= failedEveryMs;
    if (known !== undefined && (!isStale || isAway)) return known;
    reading ??= fetch().finally(() => {
      reading = undefined;
    });
    try {
      known = await reading;
      readAt = now();
      isDoubted = false;
    } catch (cause) {
      // The store being away must not stop a bot that still holds secrets which worked a moment ago.
      failedAt = now();
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
