import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { instance, project } from "./options.ts";
import { placeOf, resolveWatched } from "./watched.ts";
import { shortly } from "./words.ts";

export const ackSpec = /* @__PURE__ */ defineSpec({
  name: "ack",
  group: "Follow",
  summary: "Say that you take care of a failure: its card shows who",
  access: "read",
  args: { instance, project },
  examples: ["ack last"],
});

export const ack = /* @__PURE__ */ defineCommand(ackSpec, async (values, context) => {
  const named = await resolveWatched(values.instance, values.project, context);
  const name = `\`${shortly(named.instanceId)}\``;
  if (!(await context.watching.acknowledge(placeOf(named, context), context.caller.user, context.now()))) {
    throw new UserError(`There is no failure of ${name} here to take care of.`, {
      next: "It did not fail, or it was not watched here.",
      offers: [{ label: "Status", command: `status ${named.instanceId} -p ${named.project}` }],
    });
  }
  return { view: { kind: "notice", text: `${name} is yours: its card says so.`, suggestions: [] } };
});
