// The smallest valid block of each kind, to be made larger until it is refused.
import { aButton, anActions, marked, plain } from "../support.ts";

export const x = (count: number) => "x".repeat(count);
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
export const section = (text: object) => ({ type: "section", text });
export const withAction = (element: object) => anActions(element);
export const option = (index: number, more: object = {}) => ({ text: plain(`o${index}`), value: `v${index}`, ...more });
export const select = (options: object[], more: object = {}) =>
  withAction({ type: "static_select", action_id: "s", options, ...more });
export const overflow = (count: number) =>
  withAction({ type: "overflow", action_id: "o", options: times(count, (i) => option(i)) });
export const boxes = (type: string, count: number) =>
  withAction({ type, action_id: "c", options: times(count, (i) => option(i)) });
export const confirm = (more: object) =>
  withAction(aButton({ confirm: { title: plain("t"), text: marked("t"), confirm: plain("y"), deny: plain("n"), ...more } }));
export const raw = (text: string) => ({ type: "raw_text", text });
export const table = (rows: object[][], more: object = {}) => ({ type: "table", rows, ...more });
export const dataTable = (rows: object[][], more: object = {}) => ({ type: "data_table", caption: "c", rows, ...more });
export const grid = (rows: number, columns: number) => times(rows, () => times(columns, () => raw("x")));
export const image = (more: object = {}) => ({ type: "image", image_url: "https://example.com/a.png", alt_text: "a", ...more });
export const link = (length: number) => `https://example.com/${x(length - 20)}`;
export const container = (more: object) => ({
  type: "container",
  title: plain("t"),
  child_blocks: [{ type: "divider" }],
  ...more,
});
export const bar = (more: object) => ({
  type: "data_visualization",
  title: "t",
  chart: { type: "bar", series: [{ name: "a", data: [{ label: "q", value: 1 }] }], axis_config: { categories: ["q"] }, ...more },
});
export const richText = (...elements: object[]) => ({ type: "rich_text", elements: [{ type: "rich_text_section", elements }] });
export const card = (more: object) => ({ type: "card", title: marked("t"), ...more });
