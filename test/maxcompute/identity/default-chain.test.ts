import { describe, expect, it } from "vitest";
import { defaultCredentials, type Fetch } from "../../../src/maxcompute/index.ts";
import { failureOf, testNow } from "../a-client.ts";

type Files = Record<string, string>;

const cliPath = "/home/bot/.aliyun/config.json";
const iniPath = "/home/bot/.alibabacloud/credentials";
const home = { HOME: "/home/bot" };

const cli = (profile: object, current = "default") =>
  JSON.stringify({ current, profiles: [{ name: "other", mode: "AK", access_key_id: "other", access_key_secret: "s" }, profile] });
const akProfile = { name: "default", mode: "AK", access_key_id: "cli-id", access_key_secret: "cli-secret" };
const ini = `; a comment\n[default]\ntype = access_key\naccess_key_id = ini-id\naccess_key_secret = a=b\n\n[role]\ntype=ecs_ram_role\nrole_name=r1\n[tmp]\ntype=sts\naccess_key_id=i\naccess_key_secret=s\nsecurity_token=t`;

/** A chain in a world of the test's own; whatever is fetched answers with a key named after the place. */
const aChain = (env: Record<string, string>, files: Files = {}) => {
  const fetched: string[] = [];
  const fetch: Fetch = async (url) => {
    fetched.push(url);
    return new Response(JSON.stringify({ AccessKeyId: url, AccessKeySecret: "s", SecurityToken: "t", Code: "Success" }));
  };
  const provider = defaultCredentials({ env, readFile: async (path) => files[path], fetch, now: () => testNow });
  return { provider, fetched, idOf: async () => (await provider.get()).id };
};

const everything = {
  ...home,
  ALIBABA_CLOUD_ACCESS_KEY_ID: "env-id",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: "env-secret",
  ALIBABA_CLOUD_SECURITY_TOKEN: "env-token",
  ALIBABA_CLOUD_ECS_METADATA: "role-1",
  ALIBABA_CLOUD_CREDENTIALS_URI: "http://localhost:6666/",
};
const without = (...names: string[]) => Object.fromEntries(Object.entries(everything).filter(([name]) => !names.includes(name)));
const noKey = ["ALIBABA_CLOUD_ACCESS_KEY_ID"];
const roleUrl = "http://100.100.100.200/latest/meta-data/ram/security-credentials/role-1";

describe("the places a key is looked for", () => {
  it.each<[string, Record<string, string>, Files, string]>([
    ["the environment", everything, { [cliPath]: cli(akProfile), [iniPath]: ini }, "env-id"],
    ["then the command line's profile", without(...noKey), { [cliPath]: cli(akProfile), [iniPath]: ini }, "cli-id"],
    ["then the credentials file", without(...noKey), { [iniPath]: ini }, "ini-id"],
    ["then the machine's role", without(...noKey), {}, roleUrl],
    ["then the credentials URI", without(...noKey, "ALIBABA_CLOUD_ECS_METADATA"), {}, "http://localhost:6666/"],
  ])("are %s", async (_, env, files, expected) => {
    expect(await aChain(env, files).idOf()).toBe(expected);
  });

  it.each<[string, Record<string, string>, Files, string]>([
    ["a profile by name", { ALIBABA_CLOUD_PROFILE: "other" }, { [cliPath]: cli(akProfile) }, "other"],
    [
      "a profile that is switched off",
      { ALIBABA_CLOUD_CLI_PROFILE_DISABLED: "true" },
      { [cliPath]: cli(akProfile), [iniPath]: ini },
      "ini-id",
    ],
    ["a credentials file elsewhere", { ALIBABA_CLOUD_CREDENTIALS_FILE: "/etc/keys" }, { "/etc/keys": ini }, "ini-id"],
    ["a section by name", { ALIBABA_CLOUD_PROFILE: "role" }, { [iniPath]: ini }, roleUrl.replace("role-1", "r1")],
    ["a profile with a role", {}, { [cliPath]: cli({ name: "default", mode: "EcsRamRole", ram_role_name: "role-1" }) }, roleUrl],
    [
      "a profile with a URI",
      {},
      { [cliPath]: cli({ name: "default", mode: "CredentialsURI", credentials_uri: "https://keys.test/" }) },
      "https://keys.test/",
    ],
    [
      "a profile that cannot be used, for the next place",
      {},
      { [cliPath]: cli({ name: "default", mode: "OIDC" }), [iniPath]: ini },
      "ini-id",
    ],
    ["a machine's home as Windows names it", { HOME: "", USERPROFILE: "/home/bot" }, { [iniPath]: ini }, "ini-id"],
  ])("may be told: %s", async (_, env, files, expected) => {
    expect(await aChain({ ...home, ...env }, files).idOf()).toBe(expected);
  });

  it.each<[Record<string, string>, Files, object]>([
    [everything, {}, { id: "env-id", secret: "env-secret", stsToken: "env-token" }],
    [home, { [iniPath]: ini }, { id: "ini-id", secret: "a=b", stsToken: undefined }],
    [{ ...home, ALIBABA_CLOUD_PROFILE: "tmp" }, { [iniPath]: ini }, { id: "i", secret: "s", stsToken: "t" }],
    [
      home,
      { [cliPath]: cli({ ...akProfile, mode: "StsToken", sts_token: "t" }) },
      { id: "cli-id", secret: "cli-secret", stsToken: "t" },
    ],
  ])("give the whole of a key (%#)", async (env, files, expected) => {
    expect(await aChain(env, files).provider.get()).toEqual(expected);
  });

  it("do not include a machine's role when that is switched off", async () => {
    const { provider, fetched } = aChain({
      ...home,
      ALIBABA_CLOUD_ECS_METADATA: "r",
      ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    });
    await failureOf(provider.get());
    expect(fetched).toEqual([]);
  });

  it("are each named, with what they lack and nothing they hold, when there is no key in any", async () => {
    const secret = "SeCrEt-in-a-file";
    const { provider } = aChain(
      { ...home, ALIBABA_CLOUD_CREDENTIALS_URI: `http://far.test/${secret}` },
      { [cliPath]: `{ ${secret}`, [iniPath]: `[default]\ntype=rsa_key_pair\nkey=${secret}` },
    );
    const error = await failureOf(provider.get());
    expect(error).toMatchObject({
      kind: "unauthorized",
      message:
        "No credentials were found (environment: nothing there; ~/.aliyun/config.json: ~/.aliyun/config.json is not a configuration; " +
        "credentials file: The credentials file has a profile of a type that is not supported; ECS role: nothing there; " +
        "credentials URI: The credentials URI must be an https URL, or an http URL of this machine)",
    });
    expect(String(error)).not.toContain(secret);
  });

  it.each<[string, Files]>([
    ["a profile that is not there", { [cliPath]: cli(akProfile, "gone"), [iniPath]: "[x]\ntype=sts" }],
    [
      "a profile without a key",
      { [cliPath]: cli({ ...akProfile, access_key_secret: "" }), [iniPath]: "[default]\ntype=access_key" },
    ],
  ])("are not helped by %s", async (_, files) => {
    expect(await failureOf(aChain(home, files).provider.get())).toMatchObject({ kind: "unauthorized" });
  });

  it("are asked again after there was no key in any", async () => {
    const files: Files = {};
    const { idOf } = aChain(home, files);
    await failureOf(idOf());
    files[iniPath] = ini;
    expect(await idOf()).toBe("ini-id");
  });

  it("are kept to: a place that gave a key is not given up for another", async () => {
    const files: Files = { [cliPath]: cli(akProfile), [iniPath]: ini };
    const { provider, idOf } = aChain(home, files);
    expect(await idOf()).toBe("cli-id");
    delete files[cliPath];
    await provider.refresh?.();
    expect(await idOf()).toBe("cli-id");
    files[cliPath] = cli({ ...akProfile, access_key_id: "cli-id-2" });
    expect(await idOf()).toBe("cli-id");
  });

  it("are read again when MaxCompute refused what they gave", async () => {
    const files: Files = { [cliPath]: cli(akProfile) };
    const { provider, idOf } = aChain(home, files);
    await idOf();
    files[cliPath] = cli({ ...akProfile, access_key_id: "cli-id-2" });
    expect(await idOf()).toBe("cli-id");
    await provider.refresh?.();
    expect(await idOf()).toBe("cli-id-2");
  });
});
