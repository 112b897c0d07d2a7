import { readFile } from "node:fs/promises";
import { type CredentialsProvider, defaultCredentials } from "../maxcompute/index.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
};

/** The key from where Alibaba Cloud's own tools look for one, in this machine's files and network. Asks nothing before it is asked. */
export function alibabaCloudCredentials(env: Environment): CredentialsProvider {
  return defaultCredentials({ env, readFile: readIfThere, fetch, now: Date.now });
}
