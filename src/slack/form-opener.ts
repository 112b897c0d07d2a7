// Opens modals from the door. Loaded when the first one is: most of what the door takes in needs no call of Slack.
import type { WebClient } from "@slack/web-api";
import type { Clock } from "../bot.ts";
import type { FormOpener, Opening } from "../commands/opening.ts";
import { loadingModal, viewNamed, wordsModal } from "./modal.ts";
import { errorOf, retryAfterOf, SlackRefusal } from "./outlet.ts";
import { renderAtOnce } from "./render-at-once.ts";

export type FormOpenerPorts = {
  readonly client: Pick<WebClient, "views">;
  readonly clock: Clock;
};

/** A trigger lives three seconds, and the event has still to be put on the bus (production rule 17). */
export const openWithinMs = 600;

/** Slack's words for a trigger, or a name, that an earlier delivery of the same press has used. */
const usedBefore: ReadonlySet<string> = new Set(["exchanged_trigger_id", "duplicate_external_id"]);

/**
 * What Slack said about its rate is kept in this process alone: the shared holds lie in the table, of which the door may read only what
 * people were shown, and a look there would cost a part of the 600 ms. A form that is held back is answered as a message.
 */
export function createFormOpener({ client, clock }: FormOpenerPorts): FormOpener {
  const heldUntil = new Map<"open" | "update", number>();

  /** Makes a call unless Slack has asked to leave its method alone. */
  async function unlessHeld<T>(method: "open" | "update", call: () => Promise<T>): Promise<T> {
    const leftMs = (heldUntil.get(method) ?? 0) - clock.now();
    if (leftMs > 0) throw new SlackRefusal("ratelimited", leftMs);
    return inTime(call()).catch((error: unknown) => {
      const retryAfterMs = retryAfterOf(error);
      if (retryAfterMs !== undefined) heldUntil.set(method, clock.now() + retryAfterMs);
      throw error;
    });
  }

  /** Rejects when it takes longer than the door can wait. */
  async function inTime<T>(call: Promise<T>): Promise<T> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const stop = clock.after(openWithinMs, () => reject(new Error(`Slack did not answer within ${openWithinMs} ms`)));
    return Promise.race([call, late]).finally(stop);
  }

  async function open(...[form, trigger, name]: Parameters<FormOpener["open"]>): Promise<Opening> {
    try {
      const { view } = await unlessHeld("open", () => client.views.open({ trigger_id: trigger, view: loadingModal(form, name) }));
      if (view?.id === undefined || view.hash === undefined) return { kind: "perhaps", at: { name } };
      return { kind: "open", at: { name, id: view.id, hash: view.hash } };
    } catch (error) {
      const word = errorOf(error);
      if (usedBefore.has(word)) return { kind: "repeated" };
      // No word of Slack's: it may have opened, or may yet.
      return word === "unknown" ? { kind: "perhaps", at: { name } } : { kind: "not open" };
    }
  }

  return {
    open,
    async say(at, words) {
      await unlessHeld("update", () => client.views.update({ ...viewNamed(at), view: wordsModal(renderAtOnce(words)) }));
    },
  };
}
