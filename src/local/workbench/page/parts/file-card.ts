import { h } from "preact";
import type { SharedFile } from "../shapes.ts";

/** "1.2 KB", in binary units as everywhere in the bot. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const [unit, divisor] = bytes < 1024 ** 2 ? ["KB", 1024] : ["MB", 1024 ** 2];
  return `${(bytes / Number(divisor)).toFixed(1)} ${unit}`;
}

/** A shared file; it is downloaded under its own name, never opened in the page. */
export function FileCard({ file }: { readonly file: SharedFile }) {
  const inside = [
    h("span", { key: "icon", class: "file-icon", "aria-hidden": true }),
    h("span", { key: "name", class: "file-name" }, file.title || file.name),
    h("span", { key: "size", class: "dim" }, `${file.name} · ${sizeOf(file.size)}`),
  ];
  if (!file.path.startsWith("/files/")) return h("div", { class: "file-card" }, inside);
  return h("a", { class: "file-card", href: file.path, download: file.name, "aria-label": `Download ${file.name}` }, inside);
}
