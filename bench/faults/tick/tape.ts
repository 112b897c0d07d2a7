// Everything that Slack took of the bot, from the wire: what was posted for whom, by which invocation, and what each card says last.
import * as z from "zod/mini";
import type { Seen } from "../proxy.ts";
import { newsOf } from "./news.ts";

export type Post = {
  /** By the parent's clock, epoch ms. */
  readonly at: number;
  /** The invocation that posted it. */
  readonly invocation: number;
  readonly channel: string;
  /** Of the card it is a reply to; undefined for what stands in the channel itself. */
  readonly thread: string | undefined;
  readonly ts: string;
  /** The watch's id, as the message's own metadata has it. */
  readonly watch: string | undefined;
  readonly text: string;
  /** The blocks as JSON. */
  readonly blocks: string;
  readonly isBroadcast: boolean;
};

export type Tape = {
  hear(seen: Seen, answer: Buffer, invocation: number, at: number): void;
  posts(): readonly Post[];
  /** The last text of each message that was posted, by channel and ts. */
  said(channel: string, ts: string): string | undefined;
};

const Metadata = z.object({ event_payload: z.object({ watch: z.string() }) });
const Answer = z.object({ ok: z.boolean(), ts: z.optional(z.string()) });

const fieldsOf = ({ body }: Seen): URLSearchParams => new URLSearchParams(body.toString());
const watchIn = (fields: URLSearchParams): string | undefined => {
  const metadata = fields.get("metadata");
  return metadata === null ? undefined : Metadata.safeParse(JSON.parse(metadata)).data?.event_payload.watch;
};
const methodOf = ({ path }: Seen): string => path.split(/[/?]/)[2] ?? "";

/** A name of the request for its boundary: the method, and what is told. */
export function slackName(seen: Seen): string {
  const method = methodOf(seen);
  const fields = fieldsOf(seen);
  const text = fields.get("text") ?? "";
  if (method === "chat.update") return `slack chat.update ${/^(SUCCESS|FAILED|CANCELLED|GONE)\b/.exec(text)?.[0] ?? "running"}`;
  if (method !== "chat.postMessage") return `slack ${method}`;
  const isCard = fields.get("thread_ts") === null && watchIn(fields) !== undefined;
  const failed = text.startsWith("FAILED") ? " failed" : "";
  const dm = fields.get("channel")?.startsWith("U") === true ? " to its owner" : "";
  return `slack chat.postMessage ${newsOf(text, isCard)}${isCard ? "" : failed}${dm}`;
}

export function createTape(): Tape {
  const posts: Post[] = [];
  const said = new Map<string, string>();
  return {
    hear(seen, answer, invocation, at) {
      const method = methodOf(seen);
      const { ok, ts = "" } = Answer.parse(JSON.parse(answer.toString()));
      if (!ok || (method !== "chat.postMessage" && method !== "chat.update")) return;
      const fields = fieldsOf(seen);
      const channel = fields.get("channel") ?? "";
      const text = fields.get("text") ?? "";
      said.set(`${channel}/${ts}`, text);
      if (method === "chat.update") return;
      posts.push({
        at,
        invocation,
        channel,
        thread: fields.get("thread_ts") ?? undefined,
        ts,
        watch: watchIn(fields),
        text,
        blocks: fields.get("blocks") ?? "",
        isBroadcast: fields.get("reply_broadcast") === "true",
      });
    },
    posts: () => posts,
    said: (channel, ts) => said.get(`${channel}/${ts}`),
  };
}
