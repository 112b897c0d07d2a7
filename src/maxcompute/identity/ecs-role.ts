import { MaxComputeError } from "../errors.ts";
import { type Fetch, fetchText } from "./fetch-text.ts";
import { keepFresh } from "./keep-fresh.ts";
import { readKeyDocument } from "./key-document.ts";
import type { CredentialsProvider } from "./provider.ts";

const source = "The ECS metadata service";
const metadata = "http://100.100.100.200/latest";
const roles = `${metadata}/meta-data/ram/security-credentials/`;
/** Of the token that guards the metadata service; used at once, so the shortest that leaves room for a slow answer. */
const tokenSeconds = "60";

export type EcsRoleOptions = {
  /** The RAM role of the machine; default: the service is asked for its name. */
  readonly role?: string | undefined;
  readonly fetch: Fetch;
  /** Epoch ms. */
  readonly now: () => number;
  /** Whether a metadata service that gives no token is asked without one. Default: yes. */
  readonly allowsV1?: boolean | undefined;
};

const tokenHeaders = async (fetch: Fetch, allowsV1: boolean): Promise<Record<string, string>> => {
  const headers = { "x-aliyun-ecs-metadata-token-ttl-seconds": tokenSeconds };
  try {
    const token = await fetchText(fetch, { source, url: `${metadata}/api/token`, method: "PUT", headers });
    return { "x-aliyun-ecs-metadata-token": token.trim() };
  } catch (error) {
    if (allowsV1) return {};
    throw error;
  }
};

/** The provider of the key of an ECS machine's RAM role, from the machine's metadata service, kept until shortly before it expires. */
export function credentialsOfEcsRole({ role, fetch, now, allowsV1 = true }: EcsRoleOptions): CredentialsProvider {
  return keepFresh(async () => {
    const headers = await tokenHeaders(fetch, allowsV1);
    const name = role ?? (await fetchText(fetch, { source, url: roles, headers })).trim();
    if (!/^[\w.-]+$/.test(name)) throw new MaxComputeError("unauthorized", `${source} names no role`);
    return readKeyDocument(source, await fetchText(fetch, { source, url: `${roles}${name}`, headers }));
  }, now);
}
