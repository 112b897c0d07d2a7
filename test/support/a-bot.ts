// A whole bot on a manual clock, an in-memory store and a fake MaxCompute: what people do goes in, what they see comes out.
import type { Bot, BotPorts, Incoming } from "../../src/bot.ts";
import { createBot } from "../../src/bot.ts";
import type { AuditTrail } from "../../src/commands/audit/trail.ts";
import { createLedger } from "../../src/commands/ledger.ts";
import type { FormOpener, Opening } from "../../src/commands/opening.ts";
import { commands } from "../../src/commands/registry.ts";
import type { Ask, CommandRequest, ReplyTo } from "../../src/commands/request.ts";
import { createRightsDesk } from "../../src/commands/rights/desk.ts";
import type { Line, Policy } from "../../src/commands/rights/policy.ts";
import { everyProject } from "../../src/commands/rights/policy.ts";
import { createPolicyBook } from "../../src/commands/rights/policy-book.ts";
import type { Asker } from "../../src/commands/rights/rights.ts";
import type { Role } from "../../src/commands/roles.ts";
import type { ItemStore } from "../../src/commands/store.ts";
import { createDirectQueue } from "../../src/local/direct-queue.ts";
import { openSqliteAudit } from "../../src/local/sqlite-audit.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { createLog } from "../../src/log.ts";
import type { MaxComputeClient } from "../../src/maxcompute/index.ts";
import type { ResultFile, View } from "../../src/view/index.ts";
import { type FakeWatchBook, fakeWatchBook } from "./fake-watch-book.ts";
import { type ManualClock, manualClock } from "./manual-clock.ts";

export type Told = {
  readonly to: string;
  readonly view: View;
  readonly stage: "interim" | "final" | "announced";
  /** The conversation, where it is a reply. */
  readonly at?: ReplyTo;
};

const people: readonly (readonly [string, Role])[] = [
  ["ann", "admin"],
  ["bob", "operator"],
  ["vic", "viewer"],
];

/** What the people of these tests may do, everywhere. */
export const seeded: Policy = [
  ...people.map(([id, role]): Line => ({ rule: "allow", who: { kind: "user", id }, role, project: everyProject })),
  { rule: "allow", who: { kind: "channels" }, role: "operator", project: everyProject },
];
type Over = {
  /** What becomes of a form that is opened. */
  readonly open?: (...opened: Parameters<FormOpener["open"]>) => Opening;
  /** The lines of the deployment. */
  readonly policy?: Policy;
  /** Somebody who is no plain member. */
  readonly asker?: (user: string) => Asker | Promise<Asker> | undefined;
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly isShared?: (channel: string) => boolean;
  /** The bot is in no channel. */
  readonly isOutside?: boolean;
  /** What Slack says of whether it is. */
  readonly mayPost?: () => Promise<boolean>;
  readonly failSay?: boolean;
  readonly failReply?: (told: Told) => unknown;
  readonly failFile?: (file: ResultFile) => unknown;
  readonly checkups?: BotPorts["checkups"];
  /** The store as it breaks in this test. */
  readonly breaking?: (store: ItemStore) => ItemStore;
  /** The audit trail as it breaks in this test. */
  readonly auditing?: (trail: AuditTrail) => AuditTrail;
  readonly auditChannel?: string;
  /** What it shares with an earlier process. */
  readonly clock?: ManualClock;
  readonly watching?: FakeWatchBook;
};

export function aBot(maxcompute: MaxComputeClient, over: Over = {}) {
  const clock = over.clock ?? manualClock();
  const store = openSqliteStore(":memory:", clock.now);
  const used = over.breaking?.(store) ?? store;
  const ledger = createLedger(used, clock.now);
  const watching = over.watching ?? fakeWatchBook();
  const trail = openSqliteAudit(":memory:");
  const told: Told[] = [];
  const files: { to: string; name: string; comment?: string }[] = [];
  const logged: Record<string, unknown>[] = [];
  const projects: string[] = [];
  const callers: (string | undefined)[] = [];
  let ids = 0;
  let deliveries = 0;
  const tell = async (each: Told) => {
    const failure = await over.failReply?.(each);
    if (failure !== undefined) throw failure;
    told.push(each);
  };
  const opener: FormOpener = {
    open: async (form, trigger, name) => over.open?.(form, trigger, name) ?? { kind: "open", at: { name, id: "V1", hash: "h1" } },
    say: async (at, view) => {
      if (over.failSay === true) throw new Error("Slack is away");
      told.push({ to: `form ${at.name}`, view, stage: "final" });
    },
  };
  const policyBook = createPolicyBook({ store: used, now: clock.now, fixed: over.policy ?? seeded });
  const rights = createRightsDesk(policyBook, {
    membersOf: async (group) => over.groups?.[group] ?? [],
    askerOf: async ({ team, user }, groups) =>
      over.asker?.(user) ??
      (team === "T1"
        ? { kind: "member", id: user, groups: groups.filter((group) => over.groups?.[group]?.includes(user) === true) }
        : { kind: "refused", why: "outsider" }),
    isShared: async (_team, channel) => over.isShared?.(channel) === true,
  });
  const queue = createDirectQueue(ledger, clock, () => bot);
  const bot: Bot = createBot({
    commands,
    store: used,
    queue,
    transfers: queue,
    responder: {
      reply: (request, view, stage) => tell({ to: request.caller.user, view, stage, at: request.replyTo }),
      announce: (request, view) => tell({ to: `#${request.replyTo.channel}`, view, stage: "announced" }),
      postCard: async (request, view) => {
        await tell({ to: `#${request.replyTo.channel}`, view, stage: "announced" });
        return { channel: request.replyTo.channel, ts: `${told.length}.0` };
      },
      editCard: async ({ channel, ts }, view) => tell({ to: `#${channel} ${ts}`, view, stage: "announced" }),
      mayPost: async () => over.mayPost?.() ?? over.isOutside !== true,
      sendFile: async (request, file, isShared, comment) => {
        const failure = await over.failFile?.(file);
        if (failure !== undefined) throw failure;
        files.push({
          to: isShared ? `#${request.replyTo.channel}` : request.caller.user,
          name: file.name,
          ...(comment === undefined ? {} : { comment }),
        });
      },
    },
    forms: opener,
    rights,
    policyBook,
    isOurs: ({ team }) => team === "T1",
    maxcompute: (project, caller) => {
      projects.push(project);
      callers.push(caller?.user);
      return maxcompute;
    },
    watching,
    checkups: over.checkups ?? (() => []),
    audit: { trail: over.auditing?.(trail) ?? trail, team: "T1", channel: over.auditChannel },
    projectOf: () => "demo_project",
    clock,
    newId: () => `intent-${ids++}`,
    log: createLog((line) => logged.push(JSON.parse(line)), clock.now),
    version: "0.0.0",
  });
  const incoming = (user: string, ask: Ask, over: Partial<Incoming> = {}): Incoming => ({
    delivery: `delivery-${deliveries++}`,
    ask,
    caller: { team: "T1", user },
    replyTo: { channel: "general", direct: false, replaceable: false },
    origin: ask.kind === "text" ? "slash" : "button",
    ...over,
  });
  /** Does something as a person and gives what came of it, the acknowledgement's answer included. */
  const doAs = async (user: string, ask: Ask, over: Partial<Incoming> = {}): Promise<readonly Told[]> => {
    const before = told.length;
    const accepted = await bot.accept(incoming(user, ask, over));
    if (accepted.kind === "answer") return [{ to: user, view: accepted.view, stage: "final" }];
    await settle();
    return told.slice(before);
  };
  /** Lets everything under way come to its end; time moves only when asked to. */
  const settle = async () => {
    let isIdle = false;
    void queue.idle().then(() => {
      isIdle = true;
    });
    for (let round = 0; round < 400 && !isIdle; round += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (round > 20) await clock.advance(500);
    }
  };
  const type = (user: string, text: string, over: Partial<Incoming> = {}) => doAs(user, { kind: "text", text }, over);
  /** What the person saw last, which the test expects to be of this kind. */
  const answer = async <K extends View["kind"]>(kind: K, what: Promise<readonly Told[]>): Promise<Extract<View, { kind: K }>> => {
    const view = (await what).filter(({ stage }) => stage === "final").at(-1)?.view;
    if (view?.kind !== kind) throw new Error(`expected ${kind}, got ${JSON.stringify(view)}`);
    return view as Extract<View, { kind: K }>;
  };
  return {
    bot,
    clock,
    store,
    trail,
    watching,
    ledger,
    queue,
    told,
    files,
    logged,
    projects,
    callers,
    incoming,
    doAs,
    type,
    answer,
    settle,
  };
}

export const aRequest = (over: Partial<CommandRequest> = {}): CommandRequest => ({
  schema: 1,
  id: "E-TEST",
  ask: { kind: "text", text: "status last" },
  caller: { team: "T1", user: "ann" },
  replyTo: { channel: "general", direct: false, replaceable: false },
  origin: "slash",
  requestedAt: 0,
  ...over,
});
