import { h } from "preact";
import { textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { ownPicture } from "../text/links.ts";

/** A picture of our own server, or for one of another host a box with its description: the page asks nobody else for anything. */
export function ImageElement({ element, class: extra = "" }: { readonly element: Fields; readonly class?: string }) {
  const alt = textField(element, "alt_text") || "image";
  const src = ownPicture(textField(element, "image_url"), location.origin);
  if (src !== undefined) return h("img", { class: `picture ${extra}`, src, alt });
  return h("span", { class: `picture missing ${extra}`, role: "img", "aria-label": alt, title: alt }, h("span", null, alt));
}
