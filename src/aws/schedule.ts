// The switch of the minute rule (production rule 23). The rule is the service's, and asking for it each time would cost a call of every new
// watch; so a flag in the table says that it is on, and may be believed when it does.
import { DisableRuleCommand, EnableRuleCommand, type EventBridgeClient } from "@aws-sdk/client-eventbridge";
import * as z from "zod/mini";
import { days, type Item, type ItemStore } from "../commands/store.ts";
import type { Schedule } from "../watch/index.ts";

/** "enabling": somebody is about to switch the rule on. Whoever finds that switches it on too: the first may have died. */
const Flag = z.object({ schema: z.literal(1), state: z.enum(["on", "enabling", "off"]) });

export type SchedulePorts = {
  readonly client: Pick<EventBridgeClient, "send">;
  /** The minute rule's name; it is on the default bus. */
  readonly rule: string;
  readonly store: Pick<ItemStore, "get" | "create" | "replace">;
  now(): number;
  /** What a flag that says on is taken for: the heartbeat asks the service all the same, so that no lie of it lasts. */
  readonly isTrusted: boolean;
};

const key = { partition: "schedule", id: "minute-rule" };
/** It is never to be forgotten, and an item has to expire some time. */
const keptFor = days(3_650);
const triesAgainstOthers = 5;

type State = z.infer<typeof Flag>["state"];

const stateOf = (item: Item | undefined): State => (item === undefined ? "off" : Flag.parse(item.value).state);

/** Writes the flag if it is still as it was read, and says whether it did. */
const write = ({ store, now }: SchedulePorts, read: Item | undefined, state: State): Promise<boolean> => {
  const flag = { schema: 1, state };
  const expiresAt = now() + keptFor;
  return read === undefined ? store.create(key, flag, expiresAt) : store.replace(key, flag, expiresAt, read.version);
};

const switchOn = ({ client, rule }: SchedulePorts) => client.send(new EnableRuleCommand({ Name: rule }));

/** For whoever starts a watch: when it resolves, the rule is on. */
export function createEnabling(ports: SchedulePorts): Schedule["enable"] {
  const { store, isTrusted } = ports;
  return async () => {
    for (let tries = 0; tries < triesAgainstOthers; tries += 1) {
      const before = await store.get(key);
      const isOn = stateOf(before) === "on";
      if (isOn && isTrusted) return;
      // Said first, so that whoever switches it off at this moment sees it and switches it on again.
      if (!isOn && !(await write(ports, before, "enabling"))) continue;
      await switchOn(ports);
      if (isOn) return;
      const mine = await store.get(key);
      // Somebody's write in between: theirs may have been "off".
      if (stateOf(mine) === "on" || (stateOf(mine) === "enabling" && (await write(ports, mine, "on")))) return;
    }
    // Too many at once: what the last of them says stands, and the next tick makes sure of it.
  };
}

/** For the tick, which also lets the rule rest. */
export const createSchedule = (ports: SchedulePorts): Schedule => ({
  enable: createEnabling(ports),
  async disable() {
    const { client, rule, store } = ports;
    if (!(await write(ports, await store.get(key), "off"))) return;
    await client.send(new DisableRuleCommand({ Name: rule }));
    if (stateOf(await store.get(key)) !== "off") await switchOn(ports);
  },
});
