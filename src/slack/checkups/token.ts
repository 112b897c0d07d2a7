import type { WebClient } from "@slack/web-api";
import { broken, type Checkup, ok, unclear, warning } from "../../commands/doctor/checkup.ts";
import type { Finding } from "../../view/index.ts";
import { scopes } from "../manifest.ts";
import { errorOf } from "../outlet.ts";

export type TokenCheckupPorts = {
  readonly client: Pick<WebClient, "auth">;
  /** The workspace that the bot is for. */
  readonly teamId: string;
  /** Where the token is kept, in words: "the parameter slack-bot-token". */
  readonly keptIn: string;
};

/** Slack's words for a token that is good no more, or never was (docs.slack.dev/reference/methods/auth.test, Errors). */
const noLongerGood: ReadonlySet<string> = new Set([
  "invalid_auth",
  "token_revoked",
  "token_expired",
  "account_inactive",
  "not_authed",
]);

/** Whether Slack takes the token, and whether it may do what the manifest asks for: no less, and no more. */
export const tokenCheckup = ({ client, teamId, keptIn }: TokenCheckupPorts): Checkup => ({
  name: "Slack token",
  async run() {
    try {
      const { team_id: team, response_metadata: { scopes: granted } = {} } = await client.auth.test();
      if (team !== teamId)
        return broken("the token is of another workspace", `Put the bot token of workspace ${teamId} into ${keptIn}.`);
      return granted === undefined
        ? unclear("Slack takes the token, and did not say for what", "Look at the app's scopes on api.slack.com.")
        : judgeScopes(granted);
    } catch (error) {
      return refused(errorOf(error), keptIn);
    }
  },
});

function refused(word: string, keptIn: string): Finding {
  if (noLongerGood.has(word)) return broken(`Slack says ${word}`, `Install the app again, and put its bot token into ${keptIn}.`);
  return word === "unknown"
    ? unclear("Slack cannot be reached", "Check that the bot's network leads to slack.com.")
    : unclear(`Slack says ${word}`, "Ask again in a minute.");
}

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** What Slack granted against what the manifest asks for. */
export function judgeScopes(granted: readonly string[]): Finding {
  const missing = scopes.filter(({ scope }) => !granted.includes(scope));
  const surplus = granted.filter((name) => !scopes.some(({ scope }) => scope === name));
  if (missing.length > 0) {
    const lost = missing.map(({ scope, reason }) => `\`${scope}\` (${reason})`).join("; ");
    return broken(`lacks ${lost}`, "Paste slack-manifest.yml into the app's manifest once more, and install the app again.");
  }
  if (surplus.length > 0)
    return warning(`may do more than it has to: ${listed(surplus)}`, "Take these scopes out of the app, and install it again.");
  return ok(`taken, with the ${scopes.length} scopes of the manifest`);
}
