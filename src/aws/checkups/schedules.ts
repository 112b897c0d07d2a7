import { DescribeRuleCommand, type EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { broken, type Checkup, ok, warning } from "../../commands/doctor/checkup.ts";
import { judgeTicks } from "../../commands/doctor/ticks.ts";
import { formatDuration } from "../../commands/duration.ts";
import { type ItemStore, minutes } from "../../commands/store.ts";
import { lastMinute } from "../../commands/watching/minute.ts";
import type { Finding } from "../../view/index.ts";
import type { ScanGroups } from "../../watch/index.ts";
import { awsTrouble } from "./trouble.ts";

export type SchedulesPorts = {
  readonly client: Pick<EventBridgeClient, "send">;
  /** Names of the rules, which are on the default bus. */
  readonly minuteRule: string;
  readonly heartbeatRule: string;
  /** Where the minutes are taken. */
  readonly table: Pick<ItemStore, "list">;
  readonly groups: Pick<ScanGroups, "anyAwake">;
  now(): number;
};

const look = "Look at the log of the function tick.";
/** Ticks of both rules count: one that was switched on just now may not have fired yet, but the heartbeat has. */
const missedMs = { lateMs: minutes(3), deadMs: minutes(20) };

/** Whether the rule is on. Throws what AWS says. */
async function isOn({ client }: SchedulesPorts, rule: string, deadline: number, now: number): Promise<boolean> {
  const abortSignal = AbortSignal.timeout(Math.max(1, deadline - now));
  const { State } = await client.send(new DescribeRuleCommand({ Name: rule }), { abortSignal });
  return State === "ENABLED";
}

const inTrouble = async (look: () => Promise<Finding>): Promise<Finding> => {
  try {
    return await look();
  } catch (error) {
    return awsTrouble(error);
  }
};

/** The minute rule, which rests while nothing is watched, and the heartbeat, which never does (production rule 23). */
export const scheduleCheckups = (ports: SchedulesPorts): readonly Checkup[] => {
  const { minuteRule, heartbeatRule, table, groups, now } = ports;
  const lastTick = async () => {
    const [tick, heartbeat] = await Promise.all([lastMinute(table, "tick"), lastMinute(table, "heartbeat")]);
    return tick === undefined || heartbeat === undefined ? (tick ?? heartbeat) : Math.max(tick, heartbeat);
  };
  return [
    {
      name: "Minute rule",
      run: (deadline) =>
        inTrouble(async () => {
          const asked = [isOn(ports, minuteRule, deadline, now()), groups.anyAwake(), lastTick()] as const;
          const [on, isWatching, tickedAt] = await Promise.all(asked);
          const switchOn = `Switch the rule \`${minuteRule}\` on in EventBridge; by itself the heartbeat does it within 15 minutes.`;
          return judgeTicks({ isOn: on, isWatching, tickedAt }, now(), { ...missedMs, switchOn, look });
        }),
    },
    {
      name: "Heartbeat",
      run: (deadline) =>
        inTrouble(async () => {
          const asked = [isOn(ports, heartbeatRule, deadline, now()), lastMinute(table, "heartbeat")] as const;
          const [on, beatAt] = await Promise.all(asked);
          return judgeHeartbeat(on, beatAt, now(), heartbeatRule);
        }),
    },
  ];
};

export function judgeHeartbeat(isOn: boolean, beatAt: number | undefined, now: number, rule: string): Finding {
  if (!isOn) return broken("off, and it must never be", `Switch the rule \`${rule}\` on in EventBridge.`);
  if (beatAt === undefined) return warning("on, but none was seen yet", `Ask again in 15 minutes. ${look}`);
  const last = `the last one was ${formatDuration(now - beatAt)} ago`;
  return now - beatAt > missedMs.deadMs ? broken(`on, but ${last}`, look) : ok(`on, and ${last}`);
}
