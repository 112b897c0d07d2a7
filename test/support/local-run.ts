// A whole local run in this process, driven as the page drives it: JSON over HTTP.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config.ts";
import { type Surroundings, startLocalRun } from "../../src/local/run.ts";
import { createLog } from "../../src/log.ts";

type Json = Record<string, unknown>;
export type SeenBlock = { readonly type: string; readonly elements?: readonly Json[]; readonly [key: string]: unknown };
export type SeenMessage = {
  readonly ts: string;
  readonly channel: string;
  readonly thread_ts?: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly SeenBlock[];
  readonly files: readonly { readonly name: string; readonly path: string }[];
  readonly visible_to?: string;
  readonly edited: boolean;
};
export type Delivered = {
  readonly ok: boolean;
  readonly error?: string;
  readonly ack: unknown;
  readonly elapsed_ms: number;
  readonly request_id: string;
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
      .once("error", () => resolve(false))
      .once("listening", () => probe.close(() => resolve(true)))
      .listen(port, "127.0.0.1");
  });

/** Two free ports in a row, of which the first is returned. */
export async function freePortPair(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 30_000);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

/** Somebody at the workbench of a run, in whichever process it is. */
export async function atWorkbench(origin: string) {
  const post = async <T = Json>(path: string, body: Json): Promise<T> => {
    const answer = await fetch(`${origin}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as T;
  };
  const get = async <T>(path: string): Promise<T> => (await (await fetch(`${origin}${path}`)).json()) as T;
  const messages = (channel: string, user?: string) =>
    get<readonly SeenMessage[]>(
      `/sim/slack/messages?channel=${encodeURIComponent(channel)}${user === undefined ? "" : `&user=${user}`}`,
    );
  const { bot } = await get<{ bot: { userId: string } }>("/sim/slack");

  /** Waits for what the live page waits for: a change; then looks again. */
  async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
    const stream = await fetch(`${origin}/sim/events`);
    const reader = stream.body?.getReader();
    try {
      for (;;) {
        const found = await look();
        if (found !== undefined) return found;
        if ((await reader?.read())?.done !== false) throw new Error("the page's events ended");
      }
    } finally {
      await reader?.cancel();
    }
  }

  /** The bot's next message that this person sees, after what they do. */
  async function answerTo(
    user: string,
    channel: string,
    act: () => Promise<unknown>,
    matching: (message: SeenMessage) => boolean = () => true,
  ): Promise<SeenMessage> {
    const fromBot = async () => (await messages(channel, user)).filter((message) => message.user === bot.userId);
    const before = new Set((await fromBot()).map(({ ts, text }) => `${ts} ${text}`));
    await act();
    return until(async () =>
      (await fromBot()).find((message) => !before.has(`${message.ts} ${message.text}`) && matching(message)),
    );
  }
  const command = (user: string, channel: string, text: string) => post<Delivered>("/sim/slack/command", { user, channel, text });
  return {
    origin,
    bot,
    post,
    get,
    messages,
    until,
    command,
    /** Types a command and gives the bot's answer. */
    type: (user: string, channel: string, text: string, matching?: (message: SeenMessage) => boolean) =>
      answerTo(user, channel, () => command(user, channel, text), matching),
    /** Presses the element with this action id and gives the bot's answer: a new message, or the edited one. */
    press: (user: string, message: SeenMessage, action_id: string, matching?: (message: SeenMessage) => boolean) =>
      answerTo(
        user,
        message.channel,
        () => post("/sim/slack/action", { user, channel: message.channel, message_ts: message.ts, action_id, confirm: true }),
        matching,
      ),
    say: (user: string, channel: string, text: string, thread_ts?: string) =>
      answerTo(user, channel, () =>
        post("/sim/slack/message", { user, channel, text, ...(thread_ts === undefined ? {} : { thread_ts }) }),
      ),
  };
}

export async function aLocalRun(
  env: Record<string, string> = {},
  home = mkdtempSync(join(tmpdir(), "odps-run-")),
  surroundings: Surroundings = {},
) {
  const port = await freePortPair();
  const logged: string[] = [];
  const run = await startLocalRun(
    loadConfig({ PORT: String(port), ODPS_HOME: home, ...env }),
    "0.0.0",
    createLog((line) => logged.push(line), Date.now),
    surroundings,
  );
  return {
    ...(await atWorkbench(`http://localhost:${port}`)),
    run,
    port,
    home,
    logged,
    async stop({ keep = false } = {}) {
      await run.stop();
      if (!keep) rmSync(home, { recursive: true, force: true });
    },
  };
}

export type ALocalRun = Awaited<ReturnType<typeof aLocalRun>>;
