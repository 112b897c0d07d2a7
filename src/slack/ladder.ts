import type { View } from "../view/index.ts";
import type { Message } from "./message.ts";
import { render } from "./render.ts";
import { sendInSomeForm } from "./rungs.ts";

/** Sends a View in the richest form that Slack takes. */
export const renderLadder = async (
  view: View,
  audience: "private" | "channel",
  send: (message: Message) => Promise<void>,
): Promise<void> => sendInSomeForm(render(view, { audience }), send);
