import type { Log } from "../log.ts";
import type { View } from "../view/index.ts";
import { inTime, type Timer } from "./in-time.ts";
import type { Card } from "./intents.ts";
import type { Responder } from "./telling.ts";

/** An answer does not wait longer for a card: whoever sweeps draws it. */
const waitsMs = 2_000;

/** What a card says has happened, whether or not it can be drawn: false where it may not say it, or not yet. Never throws. */
export const createRedraw =
  (responder: Pick<Responder, "editCard">, timer: Timer, log: Log) =>
  async (card: Card, view: View): Promise<boolean> => {
    const drawn = responder.editCard(card, view).then(
      () => true,
      (error: unknown) => {
        log.warn("card.not_drawn", { ...card, error });
        return false;
      },
    );
    return (await inTime(drawn, waitsMs, timer)) === true;
  };
