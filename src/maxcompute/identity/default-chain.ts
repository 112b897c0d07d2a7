import { MaxComputeError } from "../errors.ts";
import { credentialsFromUri } from "./credentials-uri.ts";
import { credentialsOfEcsRole } from "./ecs-role.ts";
import type { Fetch } from "./fetch-text.ts";
import { keepFresh } from "./keep-fresh.ts";
import { type Profile, readCliConfig, readCredentialsFile } from "./profile.ts";
import { type CredentialsProvider, staticCredentials } from "./provider.ts";

export type ChainPorts = {
  /** The environment's variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A file's text; undefined when there is no such file. */
  readonly readFile: (path: string) => Promise<string | undefined>;
  readonly fetch: Fetch;
  /** Epoch ms. */
  readonly now: () => number;
  /** As for `credentialsFromUri`. */
  readonly allowPlainHttp?: boolean | undefined;
};

/** One place a key may come from; undefined when there is nothing there. */
type Link = (ports: ChainPorts) => Promise<CredentialsProvider | undefined>;

const variable = ({ env }: ChainPorts, name: string) => env[name]?.trim() || undefined;
const isOn = (ports: ChainPorts, name: string) => variable(ports, name)?.toLowerCase() === "true";

const fromEnvironment: Link = async (ports) => {
  const id = variable(ports, "ALIBABA_CLOUD_ACCESS_KEY_ID");
  const secret = variable(ports, "ALIBABA_CLOUD_ACCESS_KEY_SECRET");
  if (id === undefined || secret === undefined) return undefined;
  return staticCredentials({ id, secret, stsToken: variable(ports, "ALIBABA_CLOUD_SECURITY_TOKEN") });
};

const ecsRole = (ports: ChainPorts, role: string | undefined) => {
  const { fetch, now } = ports;
  return credentialsOfEcsRole({ role, fetch, now, allowsV1: !isOn(ports, "ALIBABA_CLOUD_IMDSV1_DISABLED") });
};

/** A key in a file may be replaced there while we run, so the file is read again when MaxCompute refuses it. */
const fromProfile = (ports: ChainPorts, first: Profile, read: () => Promise<Profile>): CredentialsProvider => {
  if (first.kind === "ecs-role") return ecsRole(ports, first.role);
  if (first.kind === "uri") return credentialsFromUri({ ...ports, uri: first.uri });
  return keepFresh(async () => {
    const profile = await read();
    if (profile.kind !== "key") throw new MaxComputeError("unauthorized", "The profile no longer holds a key");
    return { id: profile.id, secret: profile.secret, stsToken: profile.stsToken };
  }, ports.now);
};

const fromFile = async (
  ports: ChainPorts,
  path: string | undefined,
  parse: (text: string) => Profile,
): Promise<CredentialsProvider | undefined> => {
  const text = path === undefined ? undefined : await ports.readFile(path);
  if (path === undefined || text === undefined) return undefined;
  return fromProfile(ports, parse(text), async () => parse((await ports.readFile(path)) ?? ""));
};

const homeFile = (ports: ChainPorts, file: string) => {
  const home = variable(ports, "HOME") ?? variable(ports, "USERPROFILE");
  return home === undefined ? undefined : `${home}/${file}`;
};

const fromCliConfig: Link = async (ports) => {
  if (isOn(ports, "ALIBABA_CLOUD_CLI_PROFILE_DISABLED")) return undefined;
  const profile = variable(ports, "ALIBABA_CLOUD_PROFILE");
  const parse = (text: string) => readCliConfig("~/.aliyun/config.json", text, profile);
  return await fromFile(ports, homeFile(ports, ".aliyun/config.json"), parse);
};

const fromCredentialsFile: Link = async (ports) => {
  const path = variable(ports, "ALIBABA_CLOUD_CREDENTIALS_FILE") ?? homeFile(ports, ".alibabacloud/credentials");
  const profile = variable(ports, "ALIBABA_CLOUD_PROFILE");
  return await fromFile(ports, path, (text) => readCredentialsFile("The credentials file", text, profile));
};

/** Asked only when named: elsewhere than on ECS the address does not answer, and every start would wait for that. */
const fromEcs: Link = async (ports) => {
  const role = variable(ports, "ALIBABA_CLOUD_ECS_METADATA");
  return role === undefined || isOn(ports, "ALIBABA_CLOUD_ECS_METADATA_DISABLED") ? undefined : ecsRole(ports, role);
};

const fromUri: Link = async (ports) => {
  const uri = variable(ports, "ALIBABA_CLOUD_CREDENTIALS_URI");
  return uri === undefined ? undefined : credentialsFromUri({ ...ports, uri });
};

const links: readonly (readonly [name: string, link: Link])[] = [
  ["environment", fromEnvironment],
  ["~/.aliyun/config.json", fromCliConfig],
  ["credentials file", fromCredentialsFile],
  ["ECS role", fromEcs],
  ["credentials URI", fromUri],
];

/** The first place that gives a key. Throws MaxComputeError "unauthorized", which says what each place lacks. */
const choose = async (ports: ChainPorts): Promise<CredentialsProvider> => {
  const lacking: string[] = [];
  for (const [name, link] of links) {
    try {
      const provider = await link(ports);
      if (provider === undefined) lacking.push(`${name}: nothing there`);
      else {
        await provider.get();
        return provider;
      }
    } catch (error) {
      lacking.push(`${name}: ${error instanceof MaxComputeError ? error.message : "cannot be read"}`);
    }
  }
  throw new MaxComputeError("unauthorized", `No credentials were found (${lacking.join("; ")})`);
};

/**
 * The provider that looks where Alibaba Cloud's own tools look, in their order: the environment, the command line's profile, the
 * credentials file, the ECS machine's role, the credentials URI. The first place that gives a key is kept to, so that a place that is away
 * for a moment does not turn the client into somebody else.
 *
 * The official package, `@alicloud/credentials` (looked at: 2.4.7, MIT, maintained, 0.9 MB), is not used. It brings `httpx`, `kitx`, `ini`,
 * `@alicloud/tea-typescript` and `debug` for what are a few requests here; it reads `process.env`, files, network and clock by itself, so
 * that none of them can be passed in; an error about a configuration it cannot read quotes all of it, keys included; and once every place has
 * failed, it asks none but the last again. It can do more: assume roles through OIDC and CloudSSO. Where that is needed, a provider is a
 * function around it; for STS there is `createRoleSessions`.
 */
export function defaultCredentials(ports: ChainPorts): CredentialsProvider {
  let chosen: CredentialsProvider | undefined;
  let choosing: Promise<CredentialsProvider> | undefined;
  const provider = async () => {
    if (chosen !== undefined) return chosen;
    choosing ??= choose(ports).finally(() => {
      choosing = undefined;
    });
    chosen = await choosing;
    return chosen;
  };
  return {
    get: async () => await (await provider()).get(),
    refresh: async () => await chosen?.refresh?.(),
  };
}
