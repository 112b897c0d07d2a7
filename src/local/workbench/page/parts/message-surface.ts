import { type ComponentChildren, h } from "preact";
import { useContext, useMemo, useState } from "preact/hooks";
import { ask, type Click } from "../ask.ts";
import { objectField, textField } from "../fields.ts";
import { ReaderContext } from "../reader.ts";
import type { Fields, Message } from "../shapes.ts";
import { type Surface, SurfaceContext } from "../surface.ts";
import { ConfirmDialog } from "./confirm-dialog.ts";
import { excuse, suggestionsOf } from "./delivery-words.ts";

type Wanted = { readonly element: Fields; readonly value: string | undefined };

/** Makes the blocks of a message live: clicks are sent as the current person, after their confirm dialog if they have one. */
export function MessageSurface({ message, children }: { readonly message: Message; readonly children?: ComponentChildren }) {
  const { me } = useContext(ReaderContext);
  const [busy, setBusy] = useState<string | undefined>(undefined);
  const [failure, setFailure] = useState("");
  const [asking, setAsking] = useState<Wanted | undefined>(undefined);

  const surface = useMemo<Surface>(() => {
    const at = { user: me.id, channel: message.channel, message_ts: message.ts };
    return {
      busy,
      act(element, value) {
        setFailure("");
        const wanted = { element, value };
        if (objectField(element, "confirm") === undefined) send(wanted, {});
        else setAsking(wanted);
      },
      async suggest(element, query) {
        const { ack } = await ask.suggest({ ...at, action_id: textField(element, "action_id"), value: query });
        return suggestionsOf(ack);
      },
    };
  }, [me.id, message.channel, message.ts, busy]);

  function send({ element, value }: Wanted, confirmation: { confirm?: boolean }): void {
    const action_id = textField(element, "action_id");
    const picked = value === undefined ? {} : { value };
    const click: Click = { user: me.id, channel: message.channel, message_ts: message.ts, action_id, ...picked, ...confirmation };
    setBusy(action_id);
    ask
      .click(click)
      .then(
        ({ ok, error = "no answer" }) => setFailure(ok ? "" : excuse(error)),
        (error: Error) => setFailure(excuse(error.message)),
      )
      .finally(() => setBusy(undefined));
  }

  const confirm = asking === undefined ? undefined : objectField(asking.element, "confirm");
  return h(
    SurfaceContext.Provider,
    { value: surface },
    children,
    failure !== "" && h("div", { class: "failure", role: "alert" }, failure),
    asking !== undefined &&
      confirm !== undefined &&
      h(ConfirmDialog, {
        confirm,
        onDeny: () => setAsking(undefined),
        onConfirm: () => {
          setAsking(undefined);
          send(asking, { confirm: true });
        },
      }),
  );
}
