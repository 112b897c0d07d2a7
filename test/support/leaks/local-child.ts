// A local run in a process of its own, whose Slack has secrets that are known: those in PLANTED_SIGNING and PLANTED_BOT_TOKEN.
import { join } from "node:path";
import { loadConfig } from "../../../src/config.ts";
import { startLocalRun } from "../../../src/local/run.ts";
import { noScenarios } from "../../../src/local/simulated-maxcompute.ts";
import { openSimulatedSlack } from "../../../src/local/simulated-slack.ts";
import { createLog } from "../../../src/log.ts";

const { PLANTED_SIGNING: signing = "", PLANTED_BOT_TOKEN: botToken = "" } = process.env;
const config = loadConfig(process.env);
const log = createLog((line) => process.stderr.write(line), Date.now, config.logLevel);
const openSlack = () =>
  openSimulatedSlack({
    ...{ port: config.port, stateFile: join(config.home, "slack.db"), maxcompute: noScenarios, completions: [], log },
    secrets: { signing, botToken },
  });
const run = await startLocalRun(config, "0.0.0", log, { env: process.env, openSlack });
process.once("SIGTERM", () => void run.stop());
process.stdout.write(`ready=${run.url}\n`);
