// What `doctor` looks at in a local run.
import { randomUUID } from "node:crypto";
import type { BotPorts, Clock } from "../bot.ts";
import { broken, type Checkup, ok } from "../commands/doctor/checkup.ts";
import { clockCheckup } from "../commands/doctor/clock.ts";
import { maxComputeCheckups } from "../commands/doctor/maxcompute.ts";
import { roleCheckups } from "../commands/doctor/role.ts";
import { roundTripCheckup } from "../commands/doctor/round-trip.ts";
import { storeCheckup } from "../commands/doctor/store.ts";
import { judgeTicks } from "../commands/doctor/ticks.ts";
import { versionCheckup } from "../commands/doctor/version.ts";
import type { Ledger } from "../commands/ledger.ts";
import { type ItemStore, minutes } from "../commands/store.ts";
import type { RoleSessions } from "../maxcompute/index.ts";
import { membershipCheckup } from "../slack/checkups/membership.ts";
import { noSigningSecretCheckup } from "../slack/checkups/signing-secret.ts";
import { tokenCheckup } from "../slack/checkups/token.ts";
import { sessionOf } from "../slack/session-name.ts";
import type { ScanGroups } from "../watch/index.ts";
import type { DirectQueue } from "./direct-queue.ts";
import type { SlackConnection } from "./slack-connection.ts";
import type { Ticker } from "./ticker.ts";

export type LocalCheckupPorts = {
  readonly slack: Pick<SlackConnection, "client" | "identity">;
  readonly isSlackSimulated: boolean;
  /** MaxCompute's. */
  readonly endpoint: string;
  /** Absent where no role is named. */
  readonly sessions?: RoleSessions | undefined;
  readonly store: ItemStore;
  readonly queue: Pick<DirectQueue, "ping">;
  readonly ledger: Pick<Ledger, "unfinished">;
  readonly ticker: Pick<Ticker, "state">;
  readonly groups: Pick<ScanGroups, "anyAwake">;
  readonly clock: Clock;
  /** The folder of the state. */
  readonly home: string;
  readonly version: string;
  /** As Node writes its own. */
  readonly node: string;
};

/** A request that has not moved on for so long is under way no more. */
const stuckMs = minutes(2);

const simulatedSecretCheckup: Checkup = {
  name: "Signing secret",
  run: async () => ok("made for this run, and the simulated Slack signs with it"),
};

export function localCheckups(ports: LocalCheckupPorts): BotPorts["checkups"] {
  const { slack, isSlackSimulated, endpoint, store, queue, clock, home, version, node } = ports;
  const { client, identity } = slack;
  const { now } = clock;
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const sources = [
    { name: "Slack", url: `${client.slackApiUrl}api.test` },
    { name: "MaxCompute", url: endpoint },
  ];
  const restart = "Stop the bot and start it again; its log says what holds it up.";
  const here = [
    isSlackSimulated ? simulatedSecretCheckup : noSigningSecretCheckup,
    clockCheckup({ sources, fetch: globalThis.fetch, now }),
    storeCheckup({
      store,
      now,
      newId: randomUUID,
      fix: `Let the bot write to the folder ${home}, and leave it room on the disk.`,
    }),
    roundTripCheckup({ store, ping: queue.ping, now, newId: randomUUID, pause, name: "Queue", fix: restart }),
    tickerCheckup(ports, restart),
    unansweredCheckup(ports),
    versionCheckup({ version, node, where: "on this machine" }),
  ];
  return (request, maxcompute) => [
    tokenCheckup({ client, teamId: identity.teamId, keptIn: "SLACK_BOT_TOKEN" }),
    membershipCheckup(client, request),
    ...here,
    ...roleCheckups(ports.sessions, sessionOf(request.caller)),
    ...maxComputeCheckups(maxcompute, now),
  ];
}

const tickerCheckup = ({ ticker, groups, clock }: LocalCheckupPorts, restart: string): Checkup => ({
  name: "Schedule",
  async run() {
    const isWatching = await groups.anyAwake();
    const words = { lateMs: minutes(1), deadMs: minutes(1), switchOn: restart, look: restart };
    return judgeTicks({ ...ticker.state(), isWatching }, clock.now(), words);
  },
});

/** What dead letters are on AWS. */
const unansweredCheckup = ({ ledger, clock }: LocalCheckupPorts): Checkup => ({
  name: "Unanswered",
  async run() {
    const { length } = await ledger.unfinished({ before: clock.now() - stuckMs });
    if (length === 0) return ok("no request is left without an answer");
    return broken(
      `${length} ${length === 1 ? "request has" : "requests have"} had no answer for two minutes or longer`,
      "Wait a minute, for they are apologised for; what is still there then the log tells of.",
    );
  },
});
