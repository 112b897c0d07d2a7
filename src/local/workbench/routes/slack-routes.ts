import type { Delivery, SlackSimulator } from "../../../simulator/slack/api.ts";
import { RefusedRequest } from "../answer.ts";
import { readJson } from "../read-json.ts";
import { actionRequest, closeRequest, commandRequest, messageRequest, suggestRequest, viewRequest } from "../requests.ts";
import { channelOf, personOf } from "../who.ts";
import { asked, type Route } from "./route.ts";

export type Completion = { readonly name: string; readonly usage: string; readonly summary: string };

export type SlackRoutesOptions = {
  readonly slack: SlackSimulator;
  /** The bot's verbs, offered while somebody types a slash command. */
  readonly completions: readonly Completion[];
  /** Turns Slack's id of a delivery into the bot's id of the request, which its log lines carry. */
  readonly requestIdOf: (deliveryId: string) => string;
};

/** /sim/slack: people act here as they would in Slack, and see what it holds. Channels and people go by name or id. */
export function slackRoutes({ slack, completions, requestIdOf }: SlackRoutesOptions): readonly Route[] {
  const told = ({ ok, error, ack, elapsedMs, deliveryId }: Delivery) => {
    // What never left for the bot was the caller's mistake: no such message, element, option or modal.
    if (!ok && deliveryId === "") throw new RefusedRequest(400, error ?? "refused");
    const request_id = deliveryId === "" ? "" : requestIdOf(deliveryId);
    return { ok, ...(error === undefined ? {} : { error }), ack, elapsed_ms: elapsedMs, request_id };
  };
  const judged = <Request extends { user: string; channel?: string }>(request: Request): Request => {
    personOf(slack, request.user);
    if (request.channel !== undefined) channelOf(slack, request.channel);
    return request;
  };

  return [
    {
      method: "GET",
      path: "/sim/slack",
      answer: () => ({
        team: slack.team,
        bot: slack.bot,
        people: slack.people().map(({ realName, isBot, ...person }) => ({ ...person, real_name: realName, is_bot: isBot })),
        channels: slack.channels(),
        modals: slack.modals(),
        commands: completions,
      }),
    },
    {
      method: "GET",
      path: "/sim/slack/messages",
      answer: (_request, { searchParams }) => {
        const channel = searchParams.get("channel") ?? "";
        const user = searchParams.get("user") ?? "";
        if (channel === "") throw new RefusedRequest(400, "channel: say which, for example ?channel=general&user=ann");
        channelOf(slack, channel);
        if (user === "") return asked(() => slack.messages({ channel }));
        return asked(() => slack.messages({ channel, user: personOf(slack, user).id }));
      },
    },
    {
      method: "POST",
      path: "/sim/slack/command",
      answer: async (request) => {
        const command = judged(await readJson(request, commandRequest));
        return told(await asked(() => slack.command(command)));
      },
    },
    {
      method: "POST",
      path: "/sim/slack/message",
      answer: async (request) => {
        const message = judged(await readJson(request, messageRequest));
        return told(await asked(() => slack.message(message)));
      },
    },
    {
      method: "POST",
      path: "/sim/slack/action",
      answer: async (request) => {
        const click = judged(await readJson(request, actionRequest));
        return told(await asked(() => slack.action(click)));
      },
    },
    {
      method: "POST",
      path: "/sim/slack/suggest",
      answer: async (request) => {
        const query = judged(await readJson(request, suggestRequest));
        return told(await asked(() => slack.suggest(query)));
      },
    },
    {
      method: "POST",
      path: "/sim/slack/view",
      answer: async (request) => {
        const submission = judged(await readJson(request, viewRequest));
        return told(await asked(() => slack.submitView(submission)));
      },
    },
    {
      method: "POST",
      path: "/sim/slack/view-closed",
      answer: async (request) => {
        const closing = judged(await readJson(request, closeRequest));
        return told(await asked(() => slack.closeView(closing)));
      },
    },
  ];
}
