// An answer into the form that the door opened for it.
import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { CommandRequest } from "../commands/request.ts";
import type { Log } from "../log.ts";
import type { View } from "../view/index.ts";
import { formModal } from "./form-modal.ts";
import { viewNamed, wordsModal } from "./modal.ts";
import { errorOf, type postOnce } from "./outlet.ts";
import { render } from "./render.ts";

export type FormFillerPorts = {
  readonly client: Pick<WebClient, "views">;
  readonly outlet: Pick<ReturnType<typeof postOnce>, "call">;
  readonly log: Log;
};

/** False when there is no form, or it was closed (not_found) or drawn anew (hash_conflict) meanwhile: then the answer is a message. */
export function createFormFiller({ client, outlet, log }: FormFillerPorts) {
  return async ({ id: requestId, replyTo: { form } }: CommandRequest, view: View): Promise<boolean> => {
    if (form === undefined) return false;
    const modal: ModalView = view.kind === "form" ? formModal(view) : wordsModal(render(view, { audience: "private" }));
    const update = () => client.views.update({ ...viewNamed(form), view: modal });
    return outlet.call({ method: "views.update" }, update).then(
      () => true,
      (error: unknown) => {
        log.info("form.not_filled", { requestId, slackError: errorOf(error) });
        return false;
      },
    );
  };
}
