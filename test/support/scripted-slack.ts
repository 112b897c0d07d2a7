// A Slack that does what a test scripts: it keeps messages and modals, records what people did, and answers as it is told.
import type {
  Block,
  Channel,
  Delivery,
  Message,
  Modal,
  Person,
  SlackFault,
  SlackSimulator,
} from "../../src/simulator/slack/api.ts";

const person = (name: string, realName: string, role: Person["role"], tz: string): Person => ({
  id: `U0${name.toUpperCase()}0001`,
  name,
  realName,
  role,
  tz,
  isBot: false,
});

const bot = { id: "B0ODPS001", userId: "U0ODPS001", name: "odps" };
const people: readonly Person[] = [
  person("ann", "Ann Admin", "admin", "Asia/Shanghai"),
  person("bob", "Bob Operator", "operator", "Europe/Berlin"),
  person("vic", "Vic Viewer", "viewer", "America/Los_Angeles"),
  person("sam", "Sam Stranger", "stranger", "Asia/Kolkata"),
  { ...person("odps", "ODPS bot", "stranger", "Etc/UTC"), id: bot.userId, isBot: true },
];
const everybody = people.map(({ id }) => id);
const channels: readonly Channel[] = [
  { id: "C0GENERAL1", name: "general", kind: "public", members: everybody },
  { id: "C0PRODALRT", name: "prod-alerts", kind: "public", members: everybody },
  { id: "D0ANN0001", name: "@ann", kind: "im", members: ["U0ANN0001", bot.userId] },
  { id: "D0BOB0001", name: "@bob", kind: "im", members: ["U0BOB0001", bot.userId] },
];

export type Draft = Partial<Omit<Message, "ts" | "blocks">> & { readonly ts?: string; readonly blocks?: readonly object[] };
export type Deed = { readonly kind: string; readonly [field: string]: unknown };

export type ScriptedSlack = SlackSimulator & {
  /** Everything people did, in order. */
  readonly deeds: Deed[];
  readonly faults: readonly SlackFault[];
  /** Posts as the bot in #general unless the draft says otherwise; answers the ts. */
  post(draft: Draft): string;
  edit(ts: string, change: Draft): void;
  openModal(user: string, view: Record<string, unknown>): string;
  /** How the next deed of this kind is answered; without one it is acknowledged with "". */
  answer(kind: string, answer: (deed: Deed) => Partial<Delivery> | Promise<Partial<Delivery>>): void;
};

const asBlocks = (blocks: readonly object[]): readonly Block[] => blocks.map((block) => ({ type: "", ...block }));

/** `startSeconds` is the ts of the first message, in Unix seconds; each further one comes a second later. */
export function scriptedSlack({ startSeconds = Date.UTC(2026, 10, 22, 10, 0, 0) / 1000 } = {}): ScriptedSlack {
  const deeds: Deed[] = [];
  const faults: SlackFault[] = [];
  const listeners = new Set<(change: { channel?: string }) => void>();
  const answers = new Map<string, (deed: Deed) => Partial<Delivery> | Promise<Partial<Delivery>>>();
  let messages: Message[] = [];
  let modals: Modal[] = [];
  let count = 0;

  const changed = (channel?: string) => {
    for (const listener of listeners) listener(channel === undefined ? {} : { channel });
  };
  const idOf = (user: string) => people.find(({ id, name }) => id === user || name === user.replace(/^@/, ""))?.id ?? user;
  const channelOf = (named: string, asker = "") => {
    if (named.startsWith("@"))
      return channels.find(({ kind, members }) => kind === "im" && members.includes(idOf(asker)))?.id ?? named;
    return channels.find(({ id, name }) => id === named || name === named.replace(/^#/, ""))?.id ?? named;
  };
  const post = ({
    channel = "general",
    user = bot.userId,
    text = "",
    blocks = [],
    files = [],
    edited = false,
    ...rest
  }: Draft): string => {
    count += 1;
    const ts = rest.ts ?? `${startSeconds + count}.000100`;
    messages = [
      ...messages,
      { ...rest, ts, channel: channelOf(channel), user: idOf(user), text, blocks: asBlocks(blocks), files, edited },
    ];
    changed(channelOf(channel));
    return ts;
  };
  const did = async (deed: Deed): Promise<Delivery> => {
    deeds.push(deed);
    count += 1;
    const given = await answers.get(deed.kind)?.(deed);
    return { ok: true, ack: "", elapsedMs: 12, deliveryId: `trigger-${count}`, ...given };
  };
  const closeModal = (id: string) => {
    modals = modals.filter((modal) => modal.id !== id);
    changed();
  };

  return {
    deeds,
    faults,
    team: { id: "T0ODPSSIM", name: "ODPS simulator" },
    bot,
    people: () => people,
    channels: () => channels,
    messages({ channel, user }) {
      const inside = messages.filter((message) => message.channel === channelOf(channel, user));
      return user === undefined
        ? inside
        : inside.filter(({ visible_to }) => visible_to === undefined || visible_to === idOf(user));
    },
    modals: () => modals,
    post,
    edit(ts, { blocks, ...change }) {
      messages = messages.map((message) => {
        if (message.ts !== ts) return message;
        return { ...message, ...change, ...(blocks === undefined ? {} : { blocks: asBlocks(blocks) }), edited: true };
      });
      changed(messages.find((message) => message.ts === ts)?.channel);
    },
    openModal(user, view) {
      count += 1;
      const id = `V${count}`;
      modals = [...modals, { id, user: idOf(user), hash: `${count}`, view }];
      changed();
      return id;
    },
    answer: (kind, answer) => answers.set(kind, answer),
    command: (input) => did({ kind: "command", ...input }),
    message(input) {
      post({ ...input, channel: channelOf(input.channel, input.user) });
      return did({ kind: "message", ...input });
    },
    action: (input) => did({ kind: "action", ...input }),
    async submitView(input) {
      const delivery = await did({ kind: "submit", ...input });
      if (delivery.ok && delivery.ack === "") closeModal(input.view_id);
      return delivery;
    },
    closeView(input) {
      closeModal(input.view_id);
      return did({ kind: "close", ...input });
    },
    suggest: (input) => did({ kind: "suggest", ...input }),
    home: () => undefined,
    invite() {},
    remove() {},
    archive() {},
    fault: (fault) => faults.push(fault),
    clearFaults: () => faults.splice(0),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    handle: () => false,
    reset() {
      messages = [];
      modals = [];
      changed();
    },
    async close() {},
  };
}
