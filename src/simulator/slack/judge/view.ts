import { blockOn, type Surface } from "./blocks.ts";
import { byType, flag, list, shape, text } from "./check.ts";
import { own, ownList, ownText } from "./json.ts";
import { type Check, inside, type Problem, problemsOf, report } from "./problem.ts";
import { plainText } from "./text-objects.ts";
import { actionIdsUnique, blockIdsUnique } from "./whole.ts";

const mostViewBytes = 250_000;

const blocks =
  (surface: Surface): Check =>
  (value, at) => {
    list(blockOn(surface), 100, 0)(value, at);
    if (!Array.isArray(value)) return;
    blockIdsUnique(value.slice(0, 100), at);
    actionIdsUnique(value.slice(0, 100), at);
  };

const common = { private_metadata: text(3000, 0), callback_id: text(255, 0), external_id: text(255, 0) };

const modal: Check = (view, at) => {
  shape(
    { title: plainText(24), blocks: blocks("modal") },
    {
      ...common,
      submit: plainText(24),
      close: plainText(24),
      clear_on_close: flag,
      notify_on_close: flag,
      submit_disabled: flag,
    },
  )(view, at);
  const asks = ownList(view, "blocks").some((block) => ownText(block, "type") === "input");
  if (asks && own(view, "submit") === undefined) report(at, "missing_field", "missing required field: submit");
};

const home: Check = shape({ blocks: blocks("home") }, common);

const anyView: Check = (view, at) => {
  byType({ modal, home })(view, at);
  if ((JSON.stringify(view) ?? "").length > mostViewBytes)
    report(inside(at, "blocks"), "view_too_large", "view is larger than 250 KB");
};

/** Everything for which Slack would refuse this modal or Home tab; [] when it would take it. */
export function checkView(view: unknown): Problem[] {
  return problemsOf(view, anyView);
}
