// DynamoDB in a process of its own, which outlives every child that is killed.
import { fork } from "node:child_process";
import { once } from "node:events";

export type Dynalite = { readonly url: string; close(): Promise<void> };

export async function startDynalite(): Promise<Dynalite> {
  const child = fork(new URL("children/dynalite.ts", import.meta.url), { env: { PATH: process.env.PATH } });
  const ended = once(child, "exit");
  const [url]: unknown[] = await once(child, "message");
  return {
    url: String(url),
    async close() {
      child.kill();
      await ended;
    },
  };
}
