// A bundle in a fresh process.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { networkModule, type Routes } from "../support/artefact/network.ts";

type Said =
  | { readonly kind: "ready"; readonly length: number }
  | { readonly kind: "returned"; readonly value: unknown; readonly ms: number }
  | { readonly kind: "failed"; readonly error: string };

export type Returned = Extract<Said, { readonly kind: "returned" }>;

/**
 * Starts a process that has imported the bundle; `variables` are its whole environment, and the names of `routes` lead to ports of this
 * machine. Rejects when the import fails.
 */
export async function startBundle(file: string, variables: Readonly<Record<string, string>>, routes?: Routes) {
  const network = routes === undefined ? [] : ["--import", `data:text/javascript,${encodeURIComponent(networkModule(routes))}`];
  let output = "";
  const child = fork(join(import.meta.dirname, "bundle-host.ts"), [pathToFileURL(file).href], {
    env: variables,
    execArgv: ["--disable-warning=ExperimentalWarning", ...network],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += String(chunk)));
  const next = (): Promise<Said> =>
    new Promise((resolve, reject) => {
      const end = () => reject(new Error(`the function's process ended: ${output}`));
      child.once("exit", end);
      child.once("message", (said: Said) => {
        child.off("exit", end);
        resolve(said);
      });
    });
  const ready = await next();
  return {
    /** Parameters that the handler declares. */
    handlerLength: ready.kind === "ready" ? ready.length : -1,
    /** All that it has logged. */
    output: () => output,
    async invoke(event: unknown, timeoutMs = 30_000): Promise<Returned> {
      child.send({ event, timeoutMs });
      const said = await next();
      if (said.kind !== "returned") throw new Error(`the handler failed: ${JSON.stringify(said)}`);
      return said;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

export type StartedBundle = Awaited<ReturnType<typeof startBundle>>;
