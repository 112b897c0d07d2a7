import { MaxComputeError } from "../errors.ts";
import { isJsonObject, type JsonObject, parseJson, textField } from "../json.ts";

/** What a profile of a configuration file says about where its key comes from. */
export type Profile =
  | { readonly kind: "key"; readonly id: string; readonly secret: string; readonly stsToken?: string | undefined }
  | { readonly kind: "ecs-role"; readonly role: string | undefined }
  | { readonly kind: "uri"; readonly uri: string };

const unusable = (file: string, what: string) => new MaxComputeError("unauthorized", `${file} ${what}`);

const keyProfile = (file: string, id: string | undefined, secret: string | undefined, stsToken: string | undefined): Profile => {
  if (!id || !secret) throw unusable(file, "has a profile without a key");
  return { kind: "key", id, secret, stsToken: stsToken || undefined };
};

const cliProfile = (file: string, profile: JsonObject): Profile => {
  const field = (name: string) => textField(profile, name);
  const mode = field("mode") ?? "AK";
  if (mode === "AK") return keyProfile(file, field("access_key_id"), field("access_key_secret"), undefined);
  if (mode === "StsToken") return keyProfile(file, field("access_key_id"), field("access_key_secret"), field("sts_token"));
  if (mode === "EcsRamRole") return { kind: "ecs-role", role: field("ram_role_name") || undefined };
  const uri = field("credentials_uri");
  if (mode === "CredentialsURI" && uri) return { kind: "uri", uri };
  throw unusable(file, "has a profile of a mode that is not supported");
};

/**
 * A profile of Alibaba Cloud's command line, `~/.aliyun/config.json`: the one named, else the current one. Modes AK, StsToken, EcsRamRole and
 * CredentialsURI. Throws MaxComputeError "unauthorized", which quotes nothing of the file.
 */
export function readCliConfig(file: string, text: string, name: string | undefined): Profile {
  const config = parseJson(text);
  if (!isJsonObject(config) || !Array.isArray(config.profiles)) throw unusable(file, "is not a configuration");
  const wanted = name ?? textField(config, "current");
  const profile = config.profiles.filter(isJsonObject).find((candidate) => textField(candidate, "name") === wanted);
  if (profile === undefined) throw unusable(file, "does not have the profile");
  return cliProfile(file, profile);
}

const section = /^\s*\[([^\]]*)\]\s*$/;
const assignment = /^\s*([^=;#\s]+)\s*=(.*)$/;

const sectionOf = (text: string, name: string): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>();
  let current = "";
  for (const line of text.split(/\r?\n/)) {
    current = section.exec(line)?.[1]?.trim() ?? current;
    const [, key, value = ""] = assignment.exec(line) ?? [];
    if (key !== undefined && current === name) fields.set(key, value.trim());
  }
  return fields;
};

/**
 * A profile of the credentials file of Alibaba Cloud's SDKs, `~/.alibabacloud/credentials`, an ini file: the section named, else
 * `default`. Types access_key, sts and ecs_ram_role. Throws MaxComputeError "unauthorized", which quotes nothing of the file.
 */
export function readCredentialsFile(file: string, text: string, name = "default"): Profile {
  const fields = sectionOf(text, name);
  if (fields.size === 0) throw unusable(file, "does not have the profile");
  const type = fields.get("type");
  const [id, secret] = [fields.get("access_key_id"), fields.get("access_key_secret")];
  if (type === "access_key") return keyProfile(file, id, secret, undefined);
  if (type === "sts") return keyProfile(file, id, secret, fields.get("security_token"));
  if (type === "ecs_ram_role") return { kind: "ecs-role", role: fields.get("role_name") || undefined };
  throw unusable(file, "has a profile of a type that is not supported");
}
