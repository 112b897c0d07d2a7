import type { NoticeView } from "../view/index.ts";
import type { Watch } from "../watch/index.ts";
import { positional } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { ofCard, project } from "./options.ts";
import { offers } from "./suggest.ts";
import { target } from "./target.ts";
import { isShown, notWatched, placeOf, resolveWatched, shownWatches } from "./watched.ts";
import { shortly } from "./words.ts";

export const unwatchSpec = /* @__PURE__ */ defineSpec({
  name: "unwatch",
  group: "Follow",
  summary: "End a watch here that you started; an admin may end anybody's",
  access: "read",
  acts: true,
  args: {
    target: ofCard(
      positional((word: string) => (/^all$/i.test(word) ? ("all" as const) : target(word)), "<id|all>", "an instance, or all"),
    ),
    project,
  },
  examples: ["unwatch last", "unwatch all"],
});

export const unwatch = /* @__PURE__ */ defineCommand(unwatchSpec, async (values, context) => {
  if (values.target === "all") return { view: await unwatchAll(context) };
  const named = await resolveWatched(values.target, values.project, context);
  const watch = await context.watching.find(placeOf(named, context));
  if (watch === undefined || !isShown(watch)) throw notWatched(named);
  if (!mayEnd(watch, context)) {
    throw new UserError(`You did not start the watch of \`${shortly(named.instanceId)}\`.`, {
      tone: "denied",
      next: "Whoever started it, or an admin, can end it. `snooze` keeps it silent for a while.",
      offers: [{ label: "Watches", command: "watches" }],
    });
  }
  await context.watching.end(watch.id);
  const again = { label: "Watch again", command: `watch ${named.instanceId} -p ${named.project}` };
  return {
    view: notice(`\`${shortly(named.instanceId)}\` is not watched here any more. It runs on; its card stays as it is.`, [again]),
  };
});

const mayEnd = ({ startedBy, project: watched }: Watch, { caller, rights }: CommandContext): boolean =>
  startedBy === caller.user || rights.may("admin", watched);

async function unwatchAll(context: CommandContext): Promise<NoticeView> {
  const all = await shownWatches(context);
  const mine = all.filter((watch) => mayEnd(watch, context));
  const ended: boolean[] = [];
  for (const { id } of mine) ended.push(await context.watching.end(id));
  const left = all.length - mine.length;
  const others = left === 0 ? "" : ` ${count(left)} of other people went on: only they, or an admin, can end those.`;
  const there = [{ label: "Watches", command: "watches" }];
  return notice(`${count(ended.filter(Boolean).length)} ended here.${others}`, left === 0 ? [] : there);
}

const count = (watches: number): string => `${watches === 0 ? "No" : watches} ${watches === 1 ? "watch" : "watches"}`;

const notice = (text: string, offered: Parameters<typeof offers>[0]): NoticeView => ({
  kind: "notice",
  text,
  suggestions: offers(offered),
});
