// How the watch engine's words reach a channel: one try each. What came of it is said as it is; the engine decides what to do about it.
import type { ChatPostMessageResponse, ChatUpdateResponse, MessageMetadata, WebClient } from "@slack/web-api";
import type { Clock } from "../bot.ts";
import type { LastingRefs } from "../commands/lasting-refs.ts";
import type { Log } from "../log.ts";
import {
  type Announcement,
  type Channel,
  isEnding,
  isUrgent,
  type News,
  type Notifier,
  type Summary,
  type Told,
  type Watch,
} from "../watch/index.ts";
import type { ChannelRight, ChannelRights } from "./channel-right.ts";
import { rememberRights } from "./channel-right.ts";
import { isDirect } from "./conversation.ts";
import { drawAnnouncement, drawNews, referredIn } from "./draw-watch.ts";
import type { Message } from "./message.ts";
import { retryAfterOf } from "./outlet.ts";
import type { Pace } from "./pace.ts";
import { plain, simpler } from "./render.ts";
import { failedBy } from "./told.ts";
import { watchMetadata } from "./watch-metadata.ts";

export type NotifierPorts = {
  /** Neither waits nor repeats by itself. */
  readonly client: WebClient;
  readonly clock: Clock;
  /** The workspace's rate limits, shared with everybody who posts. How many edits there may be the engine asks of its own budget. */
  readonly pace: Pace;
  readonly refs: LastingRefs;
  /** How much a channel may read; everything when absent. */
  readonly rightOf?: ChannelRights;
  readonly log: Log;
};

/** A post waits for its channel's turn for so long; what would wait for longer is told at the next tick. */
const longestWaitMs = 5_000;

/** No page is drawn below a message because of a link in it. */
const quietly = { unfurl_links: false, unfurl_media: false };

type Method = "chat.postMessage" | "chat.update";
type Answer = Pick<ChatPostMessageResponse & ChatUpdateResponse, "ts">;
type Way = {
  readonly method: Method;
  readonly channel: string;
  readonly send: (message: Message) => Promise<Answer>;
  /** What to do when the card it hangs on is gone. */
  readonly withoutCard?: () => Promise<Told>;
  /** For the log. */
  readonly about: Readonly<Record<string, string>>;
};

type Place = { readonly metadata?: MessageMetadata; readonly thread?: string; readonly isBroadcast?: boolean };

export function createNotifier({ client, clock, pace, refs, rightOf, log }: NotifierPorts): Notifier {
  const rights: ChannelRights = rightOf === undefined ? async () => "everything" : rememberRights(rightOf, clock.now);
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  /** Waits for the turn that everybody shares; says until when it is not to be had. */
  async function turn({ method, channel }: Way): Promise<number | undefined> {
    const held = await pace.heldFor(method);
    if (held > 0) return clock.now() + held;
    // Slack counts posts by channel, edits by method alone.
    const ms = method === "chat.update" ? 0 : await pace.postAfter(channel, longestWaitMs);
    if (ms > longestWaitMs) return clock.now() + ms;
    if (ms > 0) await wait(ms);
    return undefined;
  }

  /** One try in the richest form that Slack takes. */
  async function tell(way: Way, message: Message): Promise<Told> {
    const { about, method, send, withoutCard } = way;
    for (const form of new Set([message, simpler(message), plain(message)])) {
      const notBefore = await turn(way);
      if (notBefore !== undefined) return { kind: "later", notBefore };
      try {
        const { ts } = await send(form);
        return { kind: "told", ts };
      } catch (error) {
        const retryAfterMs = retryAfterOf(error);
        // Whether or not that can be written down, it was not told.
        if (retryAfterMs !== undefined) await pace.hold(method, retryAfterMs).catch(() => undefined);
        const failed = failedBy(error, clock.now());
        log.warn("watch.not_told", { ...about, became: failed.kind, error });
        if (failed.kind === "not so") continue;
        if (failed.kind !== "no card") return failed;
        // Whoever deleted a card does not miss its edits.
        return withoutCard === undefined ? { kind: "told" } : withoutCard();
      }
    }
    // No form of it will ever be taken: as with an answer that is lost, the engine tries once more and then goes on.
    log.error("watch.no_form_taken", about);
    return { kind: "unknown" };
  }

  const post = (
    channel: string,
    more: Omit<Way, "method" | "channel" | "send">,
    { metadata, thread, isBroadcast }: Place = {},
  ): Way => ({
    method: "chat.postMessage",
    channel,
    ...more,
    send: ({ text, blocks }) => {
      const what = { text, blocks: [...blocks], ...(metadata === undefined ? {} : { metadata }), ...quietly };
      if (thread === undefined) return client.chat.postMessage({ channel, ...what });
      const reply = { channel, thread_ts: thread, ...what };
      return client.chat.postMessage(isBroadcast === true ? { ...reply, reply_broadcast: true } : reply);
    },
  });

  /** Where an announcement goes, and how; undefined while the card that it hangs on is not posted. */
  function wayOf(watch: Watch, announcement: Announcement, message: Message): Way | undefined {
    const { thread, startedBy, id } = watch;
    const { channel, ts } = thread;
    const about = { watch: id, key: announcement.key };
    const metadata = watchMetadata(id);
    if (announcement.to === "owner") return post(startedBy, { about });
    if (announcement.kind === "opened") return post(channel, { about }, { metadata });
    if (ts === undefined) return undefined;
    if (announcement.kind === "card") {
      const send = ({ text, blocks }: Message) => client.chat.update({ channel, ts, text, blocks: [...blocks], metadata });
      return { method: "chat.update", channel, about, send };
    }
    // An end is heard without its card, too; of progress nobody who deleted it wants to hear.
    const isMissed = isUrgent(announcement) || isEnding(announcement);
    const withoutCard = () => tell(post(channel, { about }, { metadata }), message);
    return post(
      channel,
      { about, ...(isMissed ? { withoutCard } : {}) },
      { metadata, thread: ts, isBroadcast: announcement.broadcast === true },
    );
  }

  async function announce(watch: Watch, announcement: Announcement, isPerhapsRepeated: boolean): Promise<Told> {
    const { team, project, instanceId, id, thread, startedBy } = watch;
    const isPrivate = announcement.to === "owner";
    // What one person alone reads is theirs to know, or not.
    const isTheirs = isPrivate || isDirect(thread.channel);
    const right = await rights({ team, channel: thread.channel, ...(isTheirs ? { person: startedBy } : {}) }, project);
    if (right === "nothing") return { kind: "refused", reason: "left" };
    // Stored before anybody can press; edits and replies carry the same.
    if (announcement.kind === "opened") await refs.keep(team, id, [{ project, instanceId }]);
    const message = drawAnnouncement(watch, announcement, { showsErrors: right === "everything", isPerhapsRepeated });
    const way = wayOf(watch, announcement, message);
    return way === undefined ? { kind: "later", notBefore: clock.now() } : tell(way, message);
  }

  async function notify({ team, channel }: Channel, news: News, isPerhapsRepeated: boolean): Promise<Told> {
    const way = post(channel, { about: { channel, key: news.key } });
    if (news.kind !== "summary") return tell(way, drawNews(news, { showsErrors: false, isPerhapsRepeated }));
    const granted = new Map<string, ChannelRight>();
    for (const { project } of news.held) {
      if (!granted.has(project)) granted.set(project, await rights({ team, channel }, project));
    }
    const summary: Summary = { ...news, held: news.held.filter(({ project }) => granted.get(project) !== "nothing") };
    if (summary.held.length === 0) return { kind: "refused", reason: "left" };
    const instances = referredIn(summary).map(({ project, instanceId }) => ({ project, instanceId }));
    await refs.keep(team, news.key, instances);
    const showsErrors = [...granted.values()].every((right) => right !== "no errors");
    return tell(way, drawNews(summary, { showsErrors, isPerhapsRepeated }));
  }

  /** What broke before anything was sent was not told, and may be later. */
  const orLater = async (key: string, telling: () => Promise<Told>): Promise<Told> => {
    try {
      return await telling();
    } catch (error) {
      log.error("watch.telling_broke", { key, error });
      return { kind: "later", notBefore: clock.now() };
    }
  };

  return {
    announce: (watch, announcement, { isPerhapsRepeated }) =>
      orLater(announcement.key, () => announce(watch, announcement, isPerhapsRepeated)),
    notify: (channel, news, { isPerhapsRepeated }) => orLater(news.key, () => notify(channel, news, isPerhapsRepeated)),
  };
}
