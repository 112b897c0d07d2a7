// What the rest of the local run knows of the simulated Slack. The wire (Web API, response_url, signed delivery) is behind it.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock.ts";

/** A Block Kit block as Slack's JSON has it; the simulator judges it, nobody here trusts its shape. */
export type Block = { readonly type: string; readonly [key: string]: unknown };

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  /** The seeded role, for the workbench and for whoever grants rights: the simulator itself does not use it. */
  readonly role: "admin" | "operator" | "viewer" | "stranger";
  readonly tz: string;
  readonly isBot: boolean;
};

export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly kind: "public" | "private" | "im";
  /** User ids; the bot's own id is among them where the bot is a member. */
  readonly members: readonly string[];
  readonly archived?: boolean;
};

export type SharedFile = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly size: number;
  readonly mimetype: string;
  /** Path on the simulator, for example /files/F123/result.csv; served as a download. */
  readonly path: string;
};

export type Message = {
  readonly ts: string;
  readonly channel: string;
  readonly thread_ts?: string;
  /** Id of the author; the bot's id for the bot. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly files: readonly SharedFile[];
  /** The one person who sees a private (ephemeral) message; absent when everybody in the channel does. */
  readonly visible_to?: string;
  readonly edited: boolean;
  /** "operation_timeout" and the like, which Slack itself shows to the person who typed. */
  readonly from_slack?: boolean;
  readonly broadcast?: boolean;
};

export type Modal = {
  readonly id: string;
  readonly user: string;
  readonly hash: string;
  readonly view: Record<string, unknown>;
  /** block_id to sentence, as the bot answered the last submission with `response_action: errors`. */
  readonly errors?: Readonly<Record<string, string>>;
};

/** What a person did, answered once the bot has acknowledged it or three seconds have passed. */
export type Delivery = {
  readonly ok: boolean;
  /** Slack's word when not ok: operation_timeout, dispatch_failed, ... */
  readonly error?: string;
  /** Body of the acknowledgement, parsed when JSON, "" when empty. */
  readonly ack: unknown;
  readonly elapsedMs: number;
  /** trigger_id of a command, click or submission; the message's ts for a typed message. */
  readonly deliveryId: string;
};

export type SlackFault =
  /** The next `times` calls (of `method`, or of any) are answered with this; posts to a response_url count as "response_url", bytes
   *  of a file as "upload". */
  | { readonly kind: "rate_limited"; readonly method?: string; readonly retryAfterSeconds: number; readonly times: number }
  | { readonly kind: "error"; readonly method?: string; readonly error: string; readonly times: number }
  | { readonly kind: "http"; readonly method?: string; readonly status: number; readonly times: number }
  /** The call takes effect but its answer is cut off. */
  | { readonly kind: "lost_answer"; readonly method?: string; readonly times: number }
  | { readonly kind: "latency"; readonly method?: string; readonly ms: number; readonly times: number }
  /** response_urls die at once. */
  | { readonly kind: "dead_response_url"; readonly times: number }
  /** The next `times` deliveries to the bot arrive twice. */
  | { readonly kind: "duplicate_delivery"; readonly times: number };

export type SlackOptions = {
  readonly clock?: Clock;
  /** Where the bot listens for signed deliveries. Read at each delivery, so it may be set late. */
  readonly requestUrl: () => string;
  readonly signingSecret: string;
  readonly botToken: string;
  /** Bot scopes granted at install; a call that needs another answers missing_scope. */
  readonly scopes?: readonly string[];
  /** Hosts the app's manifest names: with links:read, it hears of links to them and to what is below them. */
  readonly unfurlDomains?: readonly string[];
  /** Where its own server is reached (http://127.0.0.1:port), for response_urls and upload URLs. Read late. */
  readonly baseUrl: () => string;
  /** A SQLite file that keeps messages, response_urls, views and files over a restart; memory when absent. */
  readonly stateFile?: string;
  /** Rate limits off: for benchmarks. */
  readonly unlimited?: boolean;
  /** More channels than the workspace has. */
  readonly channels?: readonly Channel[];
};

export type SlackSimulator = {
  readonly team: { readonly id: string; readonly name: string };
  readonly bot: { readonly id: string; readonly userId: string; readonly name: string };
  people(): readonly Person[];
  channels(): readonly Channel[];
  /** Messages of a channel, oldest first, edits in place. With `user`, only what that person sees; without, all. */
  messages(query: { channel: string; user?: string }): readonly Message[];
  modals(): readonly Modal[];
  /** Names or ids everywhere: "ann" or "U...", "general", "#general" or "C...", a DM as "@ann" or "D...". */
  command(input: { user: string; channel: string; text: string }): Promise<Delivery>;
  message(input: { user: string; channel: string; text: string; thread_ts?: string }): Promise<Delivery>;
  /** Clicks an element of a message; `confirm` answers its confirm dialog (false: nothing is sent). Refused when the message,
   *  the element or the person's sight of it is missing. `value` picks an option of a select or overflow, and tells buttons that
   *  share an action_id apart. `message_ts` may also be the id of a modal the person has open. */
  action(input: {
    user: string;
    channel: string;
    message_ts: string;
    action_id: string;
    value?: string;
    confirm?: boolean;
  }): Promise<Delivery>;
  /** `values` is { block_id: { action_id: text or option value } } or, short, { action_id: text }. */
  submitView(input: { user: string; view_id: string; values: Record<string, unknown> }): Promise<Delivery>;
  closeView(input: { user: string; view_id: string }): Promise<Delivery>;
  /** Suggestions of an external_select, as the bot answers them. */
  suggest(input: { user: string; channel: string; message_ts: string; action_id: string; value: string }): Promise<Delivery>;
  /** The Home tab the bot last published to this person. */
  home(user: string): Readonly<Record<string, unknown>> | undefined;
  /** What `/invite @odps`, removing somebody and archiving a channel do. Throws for a name nobody has. */
  invite(input: { channel: string; user: string }): void;
  remove(input: { channel: string; user: string }): void;
  archive(input: { channel: string; archived: boolean }): void;
  fault(fault: SlackFault): void;
  clearFaults(): void;
  /** Called after every visible change; returns a function that stops it. */
  onChange(listener: (change: { channel?: string }) => void): () => void;
  /** Serves /api/*, /commands/* (response_urls), /upload/* and /files/*; false when the path is not Slack's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Forgets every message, view, file and fault; people and channels stay. */
  reset(): void;
  close(): Promise<void>;
};
