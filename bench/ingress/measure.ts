// Child processes, and what they measured.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

type Variables = Readonly<Record<string, string>>;
export type Cold = { readonly importMs: number; readonly totalMs: number; readonly peakMb: number };

/** One command through a fresh process with these variables alone. Throws with its output when it fails. */
export async function measureCold(file: string, variables: Variables): Promise<Cold> {
  const script = join(import.meta.dirname, "cold-child.mjs");
  const child = spawn(process.execPath, [script, pathToFileURL(file).href], {
    env: variables,
    // Its log goes nowhere, as fast for one as for the other.
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [output] = await Promise.all([text(child.stderr), once(child, "exit")]);
  const found = /^measured=(.*)$/m.exec(output)?.[1];
  if (found === undefined) throw new Error(`the process of ${file} failed:\n${output}`);
  return JSON.parse(found) as Cold;
}

/** A process that is warm; `serve` gives the milliseconds of each of the next commands. Rejects when the process ends. */
export async function startWarm(file: string, variables: Variables) {
  const child = fork(join(import.meta.dirname, "warm-child.mjs"), [pathToFileURL(file).href], {
    env: variables,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const next = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const end = () => reject(new Error(`the process of ${file} ended`));
      child.once("exit", end);
      child.once("message", (message) => {
        child.off("exit", end);
        resolve(message);
      });
    });
  await next();
  return {
    async serve(commands: number): Promise<readonly number[]> {
      child.send(commands);
      return (await next()) as readonly number[];
    },
    async stop() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
