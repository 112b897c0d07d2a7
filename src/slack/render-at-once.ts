// What an acknowledgement says: the few kinds of View that need no looking up, apart from `render`, whose other kinds the door never draws.
import type { AtOnceView } from "../view/index.ts";
import { hold } from "./hold.ts";
import type { Message, Sketch } from "./message.ts";
import { drawError } from "./views/error.ts";
import { drawHelp } from "./views/help.ts";
import { drawNotice } from "./views/notice.ts";

/** The message for such a View, as `render` would make it. */
export const renderAtOnce = (view: AtOnceView): Message => hold(draw(view));

const draw = (view: AtOnceView): Sketch => {
  switch (view.kind) {
    case "help":
      return drawHelp(view);
    case "notice":
      return drawNotice(view);
    case "error":
      return drawError(view);
    default:
      return view satisfies never;
  }
};
