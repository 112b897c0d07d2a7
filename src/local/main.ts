// `npm start`: the whole bot with nothing else; real Slack and real MaxCompute when their settings are given.
import { readFileSync } from "node:fs";
import { ConfigError, loadConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { startLocalRun } from "./run.ts";
import { FolderInUse } from "./state-folder.ts";

const packageFile = new URL("../../package.json", import.meta.url);

/** What went wrong at the start, in a line for whoever typed the command. */
function explainStart(error: unknown): string {
  if (error instanceof ConfigError || error instanceof FolderInUse) return error.message;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE" && "port" in error) {
    return `port ${String(error.port)} is in use; set PORT to another one (the next port is used too)`;
  }
  if (error instanceof Error && "data" in error) return `Slack does not accept the tokens: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const { version }: { version: string } = JSON.parse(readFileSync(packageFile, "utf8"));
  const log = createLog((line) => process.stderr.write(line), Date.now, config.logLevel);
  const run = await startLocalRun(config, version, log, process.env);
  const stop = (signal: string) => {
    log.info("stopping", { signal });
    void run.stop().catch((error: unknown) => {
      log.error("stop.failed", { error });
      process.exitCode = 1;
    });
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  console.log(`odps-chatops ${version} serves ${run.describe}.`);
  console.log(`ready=${run.url}`);
}

try {
  await main();
} catch (error) {
  console.error(`odps-chatops: ${explainStart(error)}`);
  process.exitCode = 1;
}
