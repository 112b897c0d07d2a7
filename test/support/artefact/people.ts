// People who use the deployed bot, and what they hear of it.
import type { Delivery, Message } from "../../../src/simulator/slack/index.ts";
import type { World } from "./world.ts";

const places = ["general", "prod-alerts", "random"] as const;

export const wordsOf = (message: Message): string => message.text + JSON.stringify(message.blocks);

export function peopleOf(world: World) {
  const { slack, cloud } = world;

  /** Everything this person sees of the bot, a private file too. */
  const seenBy = (user: string): readonly Message[] =>
    [...places, `@${user}`]
      .flatMap((channel) => slack.messages({ channel, user }))
      .filter((message) => message.user === slack.bot.userId);

  /** What this person sees that was not there before they did something, once nothing of it is under way any more. */
  async function heard(user: string, act: () => Promise<unknown>, seconds = 90): Promise<readonly Message[]> {
    const stateOf = (message: Message) => `${message.channel} ${message.ts} ${message.text} ${message.edited}`;
    const before = new Set(seenBy(user).map(stateOf));
    await act();
    await cloud.settle();
    await world.pass(seconds);
    return seenBy(user).filter((message) => !before.has(stateOf(message)));
  }

  const only = (messages: readonly Message[]): Message => {
    const [message] = messages;
    if (message === undefined || messages.length !== 1)
      throw new Error(`one answer was expected, not ${messages.length}: ${messages.map(({ text }) => text).join(" | ")}`);
    return message;
  };

  const delivered = async (delivery: Promise<Delivery>): Promise<Delivery> => {
    const { ok, error } = await delivery;
    if (!ok) throw new Error(`Slack says ${error}`);
    return delivery;
  };
  const command = (user: string, text: string, channel = "general") => delivered(slack.command({ user, channel, text }));

  return {
    seenBy,
    heard,
    command,
    /** Types a command and gives its answer; throws unless there is exactly one. */
    ask: async (user: string, text: string, channel?: string) => only(await heard(user, () => command(user, text, channel))),
    /** Writes a message and gives its answer; throws unless there is exactly one. */
    say: async (user: string, text: string, channel: string) =>
      only(await heard(user, () => delivered(slack.message({ user, channel, text })))),
    press: (user: string, { channel, ts }: Message, action_id: string, value?: string) =>
      delivered(slack.action({ user, channel, message_ts: ts, action_id, confirm: true, ...(value && { value }) })),
    only,
  };
}

export type People = ReturnType<typeof peopleOf>;
