// Whether instances exist: an answer a line, and a way on to those that do.
import type { KnownBlock } from "@slack/types";
import type { ExistenceView } from "../../view/index.ts";
import { section } from "../blocks.ts";
import { instanceActions, logview, option, pickList, status, tasks } from "../buttons.ts";
import { plural } from "../format.ts";
import { limits } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { code, join, linesWithin, mrkdwn } from "../mrkdwn.ts";

/** Draws the answers in the order they were asked. */
export const drawExistence = (view: ExistenceView): Sketch => {
  const words = view.answers.map(({ name, exists }) => mrkdwn`${exists ? "YES" : "NO"} ${name}`);
  const lines = view.answers.map(
    ({ name, exists }) => mrkdwn`${exists ? ":white_check_mark: *YES*" : ":x: *NO*"}  ${code(name)}`,
  );
  const there = view.answers.filter(({ exists }) => exists).length;
  const some = mrkdwn`${there} of ${plural(view.answers.length, "instance")} in ${code(view.project)}`;
  return {
    text: mrkdwn`${join(words.slice(0, 20), ", ")} in ${view.project}`,
    blocks: [...section(mrkdwn`*Exists?* ${some}`), ...section(linesWithin(lines, limits.sectionText)), ...buttons(view)],
  };
};

const buttons = ({ answers }: ExistenceView): KnownBlock[] => {
  const links = answers.flatMap(({ link }) => (link === undefined ? [] : [link]));
  const [only] = links;
  if (only !== undefined && links.length === 1) return instanceActions(only, [status, logview, tasks]);
  return pickList(
    "Pick an instance",
    links.flatMap((link) => option(link.instanceId, `status:${link.ref}`)),
  );
};
