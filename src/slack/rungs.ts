// Slack may refuse a block that its client of the day does not know: the same content then goes out in simpler forms.
import type { Message } from "./message.ts";
import { errorOf } from "./outlet.ts";
import { plain, simpler } from "./simpler.ts";

/** Sends a message in the richest form that Slack takes: as drawn, without the newer blocks, as text alone. */
export async function sendInSomeForm(drawn: Message, send: (message: Message) => Promise<void>): Promise<void> {
  for (const form of [drawn, simpler(drawn)]) {
    try {
      return await send(form);
    } catch (error) {
      if (errorOf(error) !== "invalid_blocks") throw error;
    }
  }
  await send(plain(drawn));
}
