import { h } from "preact";
import { useMemo, useState } from "preact/hooks";
import { ask } from "../ask.ts";
import { drawBlocks } from "../blocks/index.ts";
import { listField, objectField, textField } from "../fields.ts";
import { errorsOf, problemsOf, valuesOf } from "../modal-values.ts";
import type { Fields, Modal } from "../shapes.ts";
import { type FieldValue, type Surface, SurfaceContext } from "../surface.ts";
import { wordsOf } from "../text/text-view.ts";
import { excuse, suggestionsOf } from "./delivery-words.ts";
import { Dialog } from "./dialog.ts";

type ModalProps = { readonly modal: Modal /** Id of the channel behind it. */; readonly channel: string; onSettled(): void };

/** A modal the bot opened for this person. It closes when the bot, having taken the submission, no longer has it open. */
export function ModalView({ modal, channel, onSettled }: ModalProps) {
  const { view } = modal;
  const [values, setValues] = useState<ReadonlyMap<string, FieldValue>>(new Map());
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const [failure, setFailure] = useState("");
  const [isBusy, setBusy] = useState(false);
  const fill = (field: string, value: FieldValue) => setValues((before) => new Map([...before, [field, value]]));
  const failed = (error: Error) => setFailure(excuse(error.message));
  const surface = useMemo<Surface>(() => {
    // A modal stands for its message where something inside it is clicked.
    const at = (element: Fields) => ({
      user: modal.user,
      channel,
      message_ts: modal.id,
      action_id: textField(element, "action_id"),
    });
    return {
      busy: undefined,
      act(element, value) {
        const picked = value === undefined ? {} : { value };
        ask
          .click({ ...at(element), ...picked })
          .then(({ ok, error = "no answer" }) => setFailure(ok ? "" : excuse(error)), failed);
      },
      suggest: async (element, query) => suggestionsOf((await ask.suggest({ ...at(element), value: query })).ack),
      form: { values, errors, fill },
    };
  }, [modal.id, modal.user, channel, values, errors]);

  const submit = () => {
    const problems = problemsOf(view, values);
    setErrors(problems);
    setFailure("");
    if (problems.size > 0 || isBusy) return;
    setBusy(true);
    ask
      .submitView({ user: modal.user, view_id: modal.id, values: valuesOf(view, values) })
      .then(({ ok, error = "no answer", ack }) => {
        setErrors(errorsOf(ack));
        if (!ok) failed(new Error(error));
        onSettled();
      }, failed)
      .finally(() => setBusy(false));
  };
  const close = () => {
    ask.closeView({ user: modal.user, view_id: modal.id }).then(onSettled, failed);
  };

  const title = wordsOf(objectField(view, "title")) || "Dialog";
  const submitWords = wordsOf(objectField(view, "submit"));
  const hasInput = listField(view, "blocks").some(({ type }) => type === "input");
  return h(
    Dialog,
    { label: title, class: "modal", onClose: close },
    h(
      "form",
      {
        noValidate: true,
        onSubmit: (event: Event) => {
          event.preventDefault();
          submit();
        },
      },
      h(
        "header",
        { class: "dialog-head" },
        h("h2", null, title),
        h("button", { type: "button", class: "icon-button close", "aria-label": "Close", onClick: close }),
      ),
      h("div", { class: "dialog-body" }, h(SurfaceContext.Provider, { value: surface }, drawBlocks(listField(view, "blocks")))),
      failure !== "" && h("div", { class: "failure", role: "alert" }, failure),
      h(
        "div",
        { class: "dialog-foot" },
        h("button", { type: "button", class: "button", onClick: close }, wordsOf(objectField(view, "close")) || "Cancel"),
        (hasInput || submitWords !== "") &&
          h("button", { type: "submit", class: "button primary filled", "aria-busy": isBusy }, submitWords || "Submit"),
      ),
    ),
  );
}
