// How answers go out: to the person who asked, to everybody, or, where the bot may not post, to the person after all.

import type { Log } from "../log.ts";
import type { ResultFile, View } from "../view/index.ts";
import { notShared } from "./apology.ts";
import type { Answer } from "./command.ts";
import type { Card } from "./intents.ts";
import type { CommandRequest } from "./request.ts";

/** How a View reaches people. Implemented by the chat platform. */
export type Responder = {
  /** To the person who asked alone. Throws when no way to them is left. */
  reply(request: CommandRequest, view: View, stage: "interim" | "final"): Promise<void>;
  /** To everybody in the conversation. Throws when nobody was told. */
  announce(request: CommandRequest, view: View): Promise<void>;
  /** A card of the bot's own for everybody in the conversation; undefined when the answer to it was lost. Throws when it was not posted. */
  postCard(request: CommandRequest, view: View): Promise<Card | undefined>;
  /** Draws such a card anew. Throws when that fails. */
  editCard(card: Card, view: View): Promise<void>;
  /** Whether the bot may post in the conversation unasked; true where nobody can tell. Never throws. */
  mayPost(request: CommandRequest): Promise<boolean>;
  /** A file of the answer, to the person's direct message or, shared, to the conversation. Throws when nobody got it. */
  sendFile(request: CommandRequest, file: ResultFile, isShared: boolean, comment?: string): Promise<void>;
};

export type Telling = {
  /** A word on the way to the answer. Losing one costs nothing: the answer follows. */
  interim(request: CommandRequest, view: View): Promise<void>;
  /** The answer. Throws when the person could not be told. */
  answer(request: CommandRequest, answer: Answer): Promise<void>;
  /** What somebody changed. A channel that cannot be told is no failure of the change. */
  everybody(request: CommandRequest, view: View): Promise<void>;
};

export function createTelling(responder: Responder, log: Log): Telling {
  async function interim(request: CommandRequest, view: View): Promise<void> {
    await responder
      .reply(request, view, "interim")
      .catch((error: unknown) => log.warn("reply.interim_failed", { requestId: request.id, error }));
  }

  async function everybody(request: CommandRequest, view: View): Promise<void> {
    await responder
      .announce(request, view)
      .catch((error: unknown) => log.error("announce.failed", { requestId: request.id, error }));
  }

  /** Where the bot may not post, the person still gets the answer, and hears that nobody else did. */
  async function shareOrReply(request: CommandRequest, view: View): Promise<void> {
    await responder.announce(request, view).catch(async (error: unknown) => {
      log.warn("share.failed", { requestId: request.id, error });
      await responder.reply(request, view, "final");
      await interim(request, notShared);
    });
  }

  async function answer(request: CommandRequest, { view, share }: Answer): Promise<void> {
    if (share === true) await shareOrReply(request, view);
    else await responder.reply(request, view, "final");
  }

  return { interim, answer, everybody };
}
