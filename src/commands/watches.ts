import type { WatchesView } from "../view/index.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { share } from "./options.ts";
import type { Mute } from "./watch-book.ts";
import { channelOf, shownWatches } from "./watched.ts";
import { optionWords, shortly } from "./words.ts";

export const watchesSpec = /* @__PURE__ */ defineSpec({
  name: "watches",
  group: "Follow",
  summary: "List what is watched here, and what is muted",
  access: "read",
  args: { share },
  examples: ["watches"],
});

export const watches = /* @__PURE__ */ defineCommand(watchesSpec, async (values, context) => {
  const [all, mutes] = await Promise.all([shownWatches(context), context.watching.mutesOf(channelOf(context))]);
  const mine = all.filter(({ project }) => context.rights.may("read", project));
  const newestFirst = [...mine].sort((a, b) => b.startedAt - a.startedAt);
  const rows = newestFirst.map(({ project, instanceId, face, startedBy, startedAt, options }): WatchesView["rows"][number] => ({
    link: { ref: context.refs.to(project, instanceId), project, instanceId },
    word: face?.word ?? "OPENING",
    ...(face?.percent === undefined ? {} : { percent: face.percent }),
    startedBy,
    startedAt,
    options: optionWords(options),
  }));
  const live = mutes.filter(({ until }) => until > context.now());
  return {
    view: { kind: "watches", rows, mutes: live.map(({ id, until, by, ...mute }) => ({ id, what: mutedWords(mute), until, by })) },
    share: values.share,
  };
});

const mutedWords = ({ instanceId, glob }: Pick<Mute, "instanceId" | "glob">): string => glob ?? shortly(instanceId ?? "");
