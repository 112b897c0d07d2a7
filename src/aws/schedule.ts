// The switch of the minute rule (production rule 23). The rule is the service's, and asking for it each time would cost a call of every new
// watch; so a flag in the table says that it is on, and may be believed when it does.
import { DisableRuleCommand, EnableRuleCommand, type EventBridgeClient } from "@aws-sdk/client-eventbridge";
import * as z from "zod/mini";
import { days, type Item, type ItemStore } from "../commands/store.ts";
import type { Schedule } from "../watch/index.ts";

/** "enabling": somebody is about to switch the rule on. Whoever finds that switches it on too: the first may have died. */
const Flag = z.object({ schema: z.literal(1), state: z.enum(["on", "enabling", "off"]) });
type State = z.infer<typeof Flag>["state"];

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

export function createSchedule({ client, rule, store, now, isTrusted }: SchedulePorts): Schedule {
  const stateOf = (item: Item | undefined): State => (item === undefined ? "off" : Flag.parse(item.value).state);
  const write = (item: Item | undefined, state: State): Promise<boolean> => {
    const flag = { schema: 1, state };
    const expiresAt = now() + keptFor;
    return item === undefined ? store.create(key, flag, expiresAt) : store.replace(key, flag, expiresAt, item.version);
  };
  const switchOn = () => client.send(new EnableRuleCommand({ Name: rule }));

  return {
    async enable() {
      for (let tries = 0; tries < triesAgainstOthers; tries += 1) {
        const before = await store.get(key);
        const isOn = stateOf(before) === "on";
        if (isOn && isTrusted) return;
        // Said first, so that whoever switches it off at this moment sees it and switches it on again.
        if (!isOn && !(await write(before, "enabling"))) continue;
        await switchOn();
        if (isOn) return;
        const mine = await store.get(key);
        // Somebody's write in between: theirs may have been "off".
        if (stateOf(mine) === "on" || (stateOf(mine) === "enabling" && (await write(mine, "on")))) return;
      }
      // The rule was switched on each time; only what the flag says is in dispute, and it does not say on.
    },
    async disable() {
      if (!(await write(await store.get(key), "off"))) return;
      await client.send(new DisableRuleCommand({ Name: rule }));
      if (stateOf(await store.get(key)) !== "off") await switchOn();
    },
  };
}
