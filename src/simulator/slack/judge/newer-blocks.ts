// Blocks of 2026: container, card, carousel, task_card, plan.
import { all, byType, choice, flag, list, oneOf, shape, text, url } from "./check.ts";
import { button, image } from "./elements.ts";
import type { Check } from "./problem.ts";
import { richText } from "./rich-text.ts";
import { anyText, mrkdwn, plainText } from "./text-objects.ts";

const block = { block_id: text(255) };
const picture = byType({ image });

/** container: a title or a rich title, 1 to 10 children; `child` says which blocks may be one. */
export const container = (child: Check): Check =>
  all(
    shape(
      { child_blocks: list(child, 10) },
      {
        ...block,
        title: plainText(150),
        rich_text_title: richText,
        subtitle: anyText(150),
        width: choice("narrow", "standard", "wide", "full"),
        icon: picture,
        is_collapsible: flag,
        default_collapsed: flag,
        has_header_divider: flag,
      },
    ),
    oneOf(["title", "rich_text_title"], "only"),
  );

export const card: Check = all(
  shape(
    {},
    {
      ...block,
      hero_image: picture,
      icon: picture,
      title: mrkdwn(150),
      subtitle: mrkdwn(150),
      body: mrkdwn(200),
      actions: list(byType({ button }), 3),
    },
  ),
  oneOf(["hero_image", "title", "subtitle", "body", "actions"]),
);

export const carousel: Check = shape({ elements: list(byType({ card }), 10) }, block);

const source = byType({ url: shape({ url: url(), text: text(3000) }) });

export const taskCard: Check = shape(
  { task_id: text(255), title: text(3000), status: choice("pending", "in_progress", "complete", "error") },
  { ...block, details: richText, output: richText, sources: list(source, 100, 0) },
);

export const plan: Check = shape({ title: text(3000) }, { ...block, tasks: list(byType({ task_card: taskCard }), 100, 0) });
