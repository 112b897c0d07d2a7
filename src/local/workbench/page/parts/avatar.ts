import { h } from "preact";

const hues = [8, 28, 150, 190, 214, 262, 300, 336];

/** The same name always has the same colour; it carries no meaning, the name stands beside it. */
export const hueOf = (name: string): number => {
  const sum = [...name].reduce((total, letter) => (total * 13 + (letter.codePointAt(0) ?? 0)) % 10_007, 7);
  return hues[sum % hues.length] ?? 214;
};

/** "Ann Admin" is AA. */
export const initialsOf = (name: string): string =>
  name
    .split(/[\s._-]+/)
    .filter((word) => word !== "")
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? "")
    .join("");

/** Initials on a tile; the bot has its own mark. */
export function Avatar({
  name,
  isBot,
  small = false,
}: {
  readonly name: string;
  readonly isBot: boolean;
  readonly small?: boolean;
}) {
  const size = small ? " small" : "";
  if (!isBot) return h("span", { class: `avatar hue-${hueOf(name)}${size}`, "aria-hidden": true }, initialsOf(name));
  return h(
    "span",
    { class: `avatar bot${size}`, "aria-hidden": true },
    h("svg", { viewBox: "0 0 32 32" }, h("path", { d: "M7 20V13m6 10V10m6 13V14m6 6v-5" })),
  );
}
