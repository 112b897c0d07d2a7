import { type ComponentChild, h } from "preact";
import { emojiOf } from "./emoji.ts";

/** A shortcode as a picture that is read aloud by its name; an unknown one as its text. */
export function EmojiView({ name }: { readonly name: string }): ComponentChild {
  const emoji = emojiOf(name);
  const label = name.replaceAll("_", " ");
  if (emoji.kind === "text") return emoji.text;
  if (emoji.kind === "glyph") return h("span", { class: "emoji", role: "img", "aria-label": label }, emoji.glyph);
  return h(
    "svg",
    { class: "emoji", viewBox: "0 0 20 20", role: "img", "aria-label": label },
    emoji.shapes.map(({ fill, path }) => h("path", { key: path, fill, d: path })),
  );
}
