import { duration, maybe } from "./arguments.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { formatDuration } from "./duration.ts";
import { instance, project } from "./options.ts";
import { hours } from "./store.ts";
import { notWatched, placeOf, resolveWatched } from "./watched.ts";
import { inZoneWords } from "./when.ts";
import { shortly } from "./words.ts";

export const snoozeSpec = /* @__PURE__ */ defineSpec({
  name: "snooze",
  group: "Follow",
  summary: "Tell nothing of a watched instance but its end, for a while",
  access: "read",
  args: { instance, for: maybe(duration("1m", "7d"), "<1h>", "for how long: 30m, 2h, 1d; 1h unless told"), project },
  examples: ["snooze last", "snooze #2 3h"],
});

export const snooze = /* @__PURE__ */ defineCommand(snoozeSpec, async (values, context) => {
  const named = await resolveWatched(values.instance, values.project, context);
  const ms = values.for ?? hours(1);
  const until = context.now() + ms;
  if (!(await context.watching.snooze(placeOf(named, context), until))) throw notWatched(named);
  const when = `for ${formatDuration(ms)}, until ${inZoneWords(until, "UTC")}`;
  return {
    view: {
      kind: "notice",
      by: context.caller.user,
      text: `snoozed \`${shortly(named.instanceId)}\` ${when}: only its end is told here.`,
      suggestions: [],
    },
    share: true,
  };
});
