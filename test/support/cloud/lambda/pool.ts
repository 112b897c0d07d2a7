// The execution environments of every function version: reused when idle, as many as there are invocations at a time.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import type { Connections, Served } from "../api/serve.ts";
import type { Chance } from "../chance.ts";
import type { Place } from "../template/template.ts";
import { unpackReadOnly } from "../zip/unpack.ts";
import { type Credentials, environmentOf } from "./environment.ts";
import type { LambdaFunction } from "./functions.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";

export type PoolOptions = {
  readonly folder: string;
  readonly place: Place;
  readonly chance: Chance;
  readonly artefacts: (logicalId: string) => Buffer;
  /** Opens the fake AWS for one sandbox, which it knows by these credentials. */
  readonly openGate: (fn: LambdaFunction, credentials: Credentials) => Promise<Served>;
  readonly shared: readonly Connections[];
  readonly extra: Readonly<Record<string, string>>;
  readonly now: () => number;
};

type Kept = {
  readonly fn: LambdaFunction;
  readonly version: string;
  readonly sandbox: Sandbox;
  readonly gate: Served;
  busy: boolean;
};
export type Leased = { readonly sandbox: Sandbox; readonly isCold: boolean; readonly release: () => Promise<void> };

export function createPool(options: PoolOptions) {
  const kept = new Set<Kept>();
  const starting = new Map<LambdaFunction, number>();
  const code = new Map<string, string>();
  const bootstrap = join(options.folder, "bootstrap.mjs");
  const source = readFileSync(join(import.meta.dirname, "bootstrap.ts"), "utf8");
  writeFileSync(bootstrap, transformSync(source, { loader: "ts", format: "esm" }).code);

  function taskRootOf({ logicalId }: LambdaFunction): string {
    const known = code.get(logicalId);
    if (known !== undefined) return known;
    const folder = join(options.folder, "task", logicalId);
    unpackReadOnly(options.artefacts(logicalId), folder);
    code.set(logicalId, folder);
    return folder;
  }

  async function start(fn: LambdaFunction, version: string): Promise<Kept> {
    const { chance, place } = options;
    const credentials = {
      accessKeyId: `ASIA${chance.uuid().replaceAll("-", "").slice(0, 16).toUpperCase()}`,
      secretAccessKey: chance.uuid(),
      sessionToken: chance.uuid(),
    };
    const gate = await options.openGate(fn, credentials);
    const taskRoot = taskRootOf(fn);
    mkdirSync(join(options.folder, "sandbox"), { recursive: true });
    const sandbox = await startSandbox({
      bootstrap,
      taskRoot,
      folder: mkdtempSync(join(options.folder, "sandbox", `${fn.logicalId}-`)),
      memoryMb: fn.memoryMb,
      environment: (runtimeApi, scratch) =>
        environmentOf({
          ...{ fn, version, place, credentials, runtimeApi, taskRoot, scratch, extra: options.extra },
          awsOrigin: gate.origin,
          logStream: `${new Date(options.now()).toISOString().slice(0, 10).replaceAll("-", "/")}/[${version}]${chance.uuid()}`,
        }),
      own: gate,
      shared: options.shared,
      now: options.now,
    });
    return { fn, version, sandbox, gate, busy: true };
  }

  async function discard(environment: Kept): Promise<void> {
    kept.delete(environment);
    await environment.sandbox.close();
    await environment.gate.close();
  }

  return {
    /** How many invocations of this function are going on. */
    busy: (fn: LambdaFunction): number => [...kept].filter((one) => one.fn === fn && one.busy).length + (starting.get(fn) ?? 0),
    /** An idle environment, or a new one. */
    async lease(fn: LambdaFunction, version: string): Promise<Leased> {
      const idle = [...kept].find((one) => one.fn === fn && one.version === version && !one.busy);
      if (idle !== undefined) idle.busy = true;
      else starting.set(fn, (starting.get(fn) ?? 0) + 1);
      const environment = idle ?? (await start(fn, version).finally(() => starting.set(fn, (starting.get(fn) ?? 1) - 1)));
      kept.add(environment);
      return {
        sandbox: environment.sandbox,
        isCold: idle === undefined,
        async release() {
          environment.busy = false;
          if (!environment.sandbox.isAlive()) await discard(environment);
        },
      };
    },
    /** Kills the environments of this function that are in the middle of an invocation, and says how many. */
    killBusy(logicalId: string): number {
      const busy = [...kept].filter(({ fn, busy: isBusy }) => fn.logicalId === logicalId && isBusy);
      for (const { sandbox } of busy) sandbox.kill();
      return busy.length;
    },
    /** Takes the idle environments of this function away, as AWS does at any time: its next invocation starts cold. */
    async recycle(logicalId: string): Promise<void> {
      await Promise.all([...kept].filter((one) => one.fn.logicalId === logicalId && !one.busy).map(discard));
    },
    /** Without a farewell: for when this process itself ends. */
    killAll(): void {
      for (const { sandbox } of kept) sandbox.kill();
    },
    async close(): Promise<void> {
      await Promise.all([...kept].map(discard));
    },
  };
}

export type Pool = ReturnType<typeof createPool>;
