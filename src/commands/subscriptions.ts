import { defineCommand, defineSpec } from "./command.ts";
import { share } from "./options.ts";
import { channelOf } from "./watched.ts";
import { filterWords, quietWords } from "./words.ts";

export const subscriptionsSpec = /* @__PURE__ */ defineSpec({
  name: "subscriptions",
  group: "Follow",
  summary: "List what this channel is subscribed to",
  access: "read",
  args: { share },
  examples: ["subscriptions"],
});

export const subscriptions = /* @__PURE__ */ defineCommand(subscriptionsSpec, async (values, context) => {
  const there = await context.watching.subscriptionsOf(channelOf(context));
  const all = there.filter(({ project }) => context.rights.may("read", project));
  const quiet = all.find((each) => each.quiet !== undefined)?.quiet;
  return {
    view: {
      kind: "subscriptions",
      rows: all.map((each) => ({
        ...{ id: each.id, project: each.project, on: each.on, filters: filterWords(each), createdBy: each.createdBy },
      })),
      ...(quiet === undefined ? {} : { quiet: quietWords(quiet) }),
    },
    share: values.share,
  };
});
