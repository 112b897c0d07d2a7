// Arguments that several commands share.
import type { Argument } from "./arguments.ts";
import { flag, positional, projectName, text, toggle } from "./arguments.ts";
import type { Target } from "./target.ts";
import { target } from "./target.ts";

/** In the thread below a card, an instance that is not named is the card's. */
export const ofCard = <T>(argument: Argument<T>): Argument<T | Target> => ({ ...argument, inThread: () => ({ kind: "card" }) });

export const instance = ofCard(
  positional(
    target,
    "<id>",
    "an instance: its id, the last 6 or more characters, last, #n of your list, or a Logview link; in a card's thread, the card's unless told",
  ),
);
export const project = flag(projectName, "<project>", "another project than this channel's");
export const task = flag(text(128), "<name>", "one task of the instance; otherwise all");
export const share = toggle("show it to everybody here");
