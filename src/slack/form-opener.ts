// Opens modals from the door. Loaded when the first one is: most of what the door takes in needs no call of Slack.
import type { WebClient } from "@slack/web-api";
import type { Clock } from "../bot.ts";
import type { FormOpener, Opening } from "../commands/opening.ts";
import { loadingModal, viewNamed, wordsModal } from "./modal.ts";
import { errorOf } from "./outlet.ts";
import { renderAtOnce } from "./render-at-once.ts";

export type FormOpenerPorts = {
  readonly client: Pick<WebClient, "views">;
  readonly clock: Pick<Clock, "after">;
};

/** A trigger lives three seconds, and the event has still to be put on the bus (production rule 17). */
export const openWithinMs = 600;

/** Slack's words for a trigger, or a name, that an earlier delivery of the same press has used. */
const usedBefore: ReadonlySet<string> = new Set(["exchanged_trigger_id", "duplicate_external_id"]);

export function createFormOpener({ client, clock }: FormOpenerPorts): FormOpener {
  /** Rejects when it takes longer than the door can wait. */
  async function inTime<T>(call: Promise<T>): Promise<T> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const stop = clock.after(openWithinMs, () => reject(new Error(`Slack did not answer within ${openWithinMs} ms`)));
    return Promise.race([call, late]).finally(stop);
  }

  async function open(...[form, trigger, name]: Parameters<FormOpener["open"]>): Promise<Opening> {
    try {
      const { view } = await inTime(client.views.open({ trigger_id: trigger, view: loadingModal(form, name) }));
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
      await inTime(client.views.update({ ...viewNamed(at), view: wordsModal(renderAtOnce(words)) }));
    },
  };
}
