// A local run with planted secrets between a simulated Slack and a simulated MaxCompute, and everything that comes out of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { startMaxComputeSimulator } from "../../../src/simulator/maxcompute/index.ts";
import { atWorkbench, freePortPair } from "../local-run.ts";
import { findLeaks, type Texts } from "./find.ts";

export const planted = {
  signing: "planted-signing-secret/+=&<>",
  botToken: "xoxb-planted-bot-token",
  accessId: "planted-access-id",
  accessKey: "planted/access+key==",
  stsToken: "planted/STS+token==",
} as const;

const child = new URL("local-child.ts", import.meta.url).pathname;

/** Starts it in a process of its own; `close` ends that and the simulators. */
export async function aPlantedRun() {
  const home = mkdtempSync(join(tmpdir(), "odps-planted-"));
  const port = await freePortPair();
  const { accessId, accessKey, stsToken } = planted;
  const maxcompute = await startMaxComputeSimulator({ accessId, accessKey, stsToken, settings: { stopDelayMs: 0 } });
  const process_ = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", child], {
    env: {
      PORT: String(port),
      ODPS_HOME: home,
      LOG_LEVEL: "debug",
      ODPS_ENDPOINT: maxcompute.endpoint,
      ODPS_PROJECT: maxcompute.project,
      ODPS_ACCESS_ID: accessId,
      ODPS_ACCESS_KEY: accessKey,
      ODPS_STS_TOKEN: stsToken,
      PLANTED_SIGNING: planted.signing,
      PLANTED_BOT_TOKEN: planted.botToken,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  process_.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const ended = once(process_, "exit");
  await new Promise<void>((resolve, reject) => {
    process_.stdout.on("data", (chunk) => {
      out += chunk;
      if (out.includes("ready=")) resolve();
    });
    process_.once("exit", () => reject(new Error(`the run ended: ${err}`)));
  });
  const workbench = await atWorkbench(`http://localhost:${port}`);

  const idsOf = (event: string): ReadonlySet<string> =>
    new Set([...err.matchAll(new RegExp(`"event":"${event}","requestId":"([^"]+)"`, "g"))].map(([, id = ""]) => id));

  /** Every row of the bot's own store, as it lies there. */
  function stored(): string {
    const database = new DatabaseSync(join(home, "bot.db"), { readOnly: true });
    try {
      const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
      return JSON.stringify(tables.map(({ name }) => database.prepare(`SELECT * FROM "${String(name)}"`).all()));
    } finally {
      database.close();
    }
  }

  async function shown(): Promise<Texts> {
    const { channels, modals } = await workbench.get<{ channels: readonly { id: string }[]; modals: unknown }>("/sim/slack");
    const messages = (await Promise.all(channels.map(({ id }) => workbench.messages(id)))).flat();
    const ofBot = messages.filter(({ user }) => user === workbench.bot.userId);
    const files = ofBot.flatMap((message) => message.files);
    const contents = await Promise.all(files.map(async ({ path }) => (await fetch(`${workbench.origin}${path}`)).text()));
    const isPrivate = ({ channel, visible_to }: (typeof ofBot)[number]) => visible_to !== undefined || channel.startsWith("D");
    return {
      posts: JSON.stringify(ofBot.filter((message) => !isPrivate(message))),
      privates: JSON.stringify(ofBot.filter(isPrivate)),
      modals: JSON.stringify(modals),
      files: contents.join("\n"),
    };
  }

  return {
    ...workbench,
    maxcompute,
    /** Resolves once this event of a request is in the log, or was. */
    async logs(event: string, requestId: string): Promise<void> {
      while (!idsOf(event).has(requestId)) await once(process_.stderr, "data");
    },
    /** Resolves once every request that was taken is answered. */
    async idle(): Promise<void> {
      const isOpen = () => {
        const answered = idsOf("request.answered");
        return [...idsOf("request.accepted")].some((id) => !answered.has(id));
      };
      while (isOpen()) await once(process_.stderr, "data");
    },
    /**
     * Secrets in what came out so far, as `kind: name, form`. `behind` are more that only people in Slack may read, `anywhere` more that
     * nobody may.
     */
    async leaks(behind: Texts = {}, anywhere: Texts = {}, more: Texts = {}): Promise<readonly string[]> {
      const secrets = { ...planted, responsePath: "/commands/T0ODPSSIM/", ...anywhere };
      const left = { stdout: out, stderr: err, stored: stored(), ...more };
      return [...findLeaks(left, { ...secrets, ...behind }), ...findLeaks(await shown(), secrets)];
    },
    async close(): Promise<void> {
      process_.kill();
      await ended;
      await maxcompute.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
