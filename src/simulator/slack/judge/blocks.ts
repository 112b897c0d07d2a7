// The blocks themselves and where each may stand.

import { dataVisualization } from "./charts.ts";
import { all, byType, choice, flag, integer, list, oneOf, shape, text, url } from "./check.ts";
import { accessory, actionElement, contextAction, image, inputElement } from "./elements.ts";
import { own, ownText } from "./json.ts";
import { card, carousel, container, plan, taskCard } from "./newer-blocks.ts";
import { type Check, inside, report } from "./problem.ts";
import { richTextBlock } from "./rich-text.ts";
import { dataTable, table } from "./tables.ts";
import { anyText, plainText } from "./text-objects.ts";

export type Surface = "message" | "modal" | "home";

const block = { block_id: text(255) };
const notBlank: Check = (value, at) => {
  const words = ownText(own(value, "text"), "text");
  if (words !== undefined && words.length > 0 && words.trim() === "")
    report(inside(at, "text"), "too_short", "must not be blank");
};

const imageFields = { alt_text: text(2000) };
const slackFile = all(shape({}, { id: text(255), url: url() }), oneOf(["id", "url"], "only"));

/** Blocks that may also stand in a container. */
const plain: { readonly [type: string]: Check } = {
  actions: shape({ elements: list(actionElement, 25) }, block),
  // No length is documented for a context's text; 2000 is what images and fields beside it may have.
  context: shape({ elements: list(byType({ image, plain_text: anyText(2000), mrkdwn: anyText(2000) }), 10) }, block),
  divider: shape({}, block),
  file: shape({ external_id: text(255), source: choice("remote") }, block),
  header: all(shape({ text: plainText(150) }, { ...block, level: integer(1, 6) }), notBlank),
  image: all(
    shape(imageFields, { ...block, image_url: url(), slack_file: slackFile, title: plainText(2000) }),
    oneOf(["image_url", "slack_file"], "only"),
  ),
  input: shape(
    { label: plainText(2000), element: inputElement },
    { ...block, hint: plainText(2000), optional: flag, dispatch_action: flag },
  ),
  rich_text: richTextBlock,
  section: all(
    shape({}, { ...block, text: anyText(3000), fields: list(anyText(2000), 10), accessory, expand: flag }),
    oneOf(["text", "fields"]),
  ),
  table,
  video: shape(
    { alt_text: text(2000), title: plainText(199), thumbnail_url: url(), video_url: url() },
    {
      ...block,
      author_name: text(49),
      description: plainText(200),
      provider_icon_url: url(),
      provider_name: text(255),
      title_url: url(),
    },
  ),
};

const everywhere = byType({
  ...plain,
  alert: shape({ text: anyText(200) }, { ...block, level: choice("default", "info", "warning", "error", "success") }),
  card,
  carousel,
  container: container(byType(plain)),
  context_actions: shape({ elements: list(contextAction, 5) }, block),
  data_table: dataTable,
  data_visualization: dataVisualization,
  markdown: shape({ text: text(12_000) }, block),
  plan,
  task_card: taskCard,
});

const onlyMessages: readonly string[] = [
  "card",
  "carousel",
  "context_actions",
  "data_table",
  "data_visualization",
  "file",
  "markdown",
  "plan",
  "table",
  "task_card",
];

/** A block as it may stand on this surface: tables, charts and markdown only in messages, alerts only in modals. */
export const blockOn =
  (surface: Surface): Check =>
  (value, at) => {
    const type = ownText(value, "type") ?? "";
    const misplaced = type === "alert" ? surface !== "modal" : surface !== "message" && onlyMessages.includes(type);
    if (misplaced) report(inside(at, "type"), "not_allowed", `block type ${type} is not allowed in a ${surface}`);
    everywhere(value, at);
  };
