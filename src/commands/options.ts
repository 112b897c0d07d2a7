// Arguments that several commands share.
import { flag, positional, projectName, text, toggle } from "./arguments.ts";
import { target } from "./target.ts";

export const instance = positional(
  target,
  "<id>",
  "an instance: its id, the last 6 or more characters, last, #n of your list, or a Logview link",
);
export const project = flag(projectName, "<project>", "another project than this channel's");
export const task = flag(text(128), "<name>", "one task of the instance; otherwise all");
export const share = toggle("show it to everybody here");
