// Bolt, as every run of this bot wants it: no token check at each event, no retries behind our back, no debug log.
import type { Logger, Receiver } from "@slack/bolt";
import { App, LogLevel } from "@slack/bolt";
import type { WebClientOptions } from "@slack/web-api";
import type { Log } from "../log.ts";
import type { SlackIdentity } from "./app.ts";

export { clientOptions } from "./client-options.ts";

/** Bolt's log lines in ours. Its debug log holds whole events, tokens included: it stays off whatever our level is. */
export const boltLogger = (log: Log): Logger => {
  const line =
    (level: "info" | "warn" | "error") =>
    (...parts: unknown[]) =>
      log[level]("bolt", { message: parts.map(String).join(" ") });
  return {
    debug: () => undefined,
    info: line("info"),
    warn: line("warn"),
    error: line("error"),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
};

export function createBoltApp(
  receiver: Receiver,
  identity: SlackIdentity,
  botToken: string,
  options: WebClientOptions,
  log: Log,
): App {
  const { teamId, botId, botUserId } = identity;
  return new App({
    receiver,
    authorize: async () => ({ botToken, teamId, botId, botUserId }),
    clientOptions: options,
    logger: boltLogger(log),
  });
}

/** The app of the deployed door: it never calls Slack, so it needs no token; who the bot is, each event says itself. */
export function createLambdaApp(receiver: Receiver, log: Log): App {
  return new App({
    receiver,
    // Bolt would look each conversation up in a memory of its own, which nobody here writes to.
    convoStore: false,
    authorize: async (_source, body) => {
      const { authorizations } = (typeof body === "object" ? body : {}) as {
        readonly authorizations?: readonly { readonly user_id?: string }[];
      };
      const botUserId = authorizations?.[0]?.user_id;
      return botUserId === undefined ? {} : { botUserId };
    },
    logger: boltLogger(log),
  });
}
