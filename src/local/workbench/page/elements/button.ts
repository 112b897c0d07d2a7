import { h } from "preact";
import { useContext } from "preact/hooks";
import { objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { SurfaceContext } from "../surface.ts";
import { openableUrl } from "../text/links.ts";
import { TextObject } from "../text/text-view.ts";

/** A button, or with `url` a link that looks like one; Slack sends the click of a link button too.
 *  `picks` tells buttons apart that share an action_id. */
export function ButtonElement({
  element,
  picks = textField(element, "value"),
}: {
  readonly element: Fields;
  readonly picks?: string;
}) {
  const surface = useContext(SurfaceContext);
  const isBusy = surface.busy === textField(element, "action_id") && surface.busy !== "";
  const shared = {
    class: `button ${textField(element, "style")}${isBusy ? " busy" : ""}`,
    "aria-label": textField(element, "accessibility_label") || undefined,
    "aria-busy": isBusy,
    onClick: () => surface.act(element, picks || undefined),
  };
  const face = h(TextObject, { of: objectField(element, "text") });
  const href = openableUrl(textField(element, "url"));
  if (href !== undefined) return h("a", { ...shared, href, target: "_blank", rel: "noreferrer noopener" }, face);
  return h("button", { ...shared, type: "button" }, face);
}
