import { describe, expect, it } from "vitest";
import { checkMessage } from "../../../../src/simulator/slack/index.ts";
import { aButton, anActions, marked, plain } from "../support.ts";
import {
  bar,
  boxes,
  card,
  confirm,
  container,
  dataTable,
  grid,
  image,
  link,
  option,
  overflow,
  raw,
  richText,
  section,
  select,
  table,
  times,
  withAction,
  x,
} from "./builders.ts";

type Row = readonly [limit: string, largest: object | object[], smallest: object | object[]];
const limits: readonly Row[] = [
  ["50 blocks a message", times(50, () => ({ type: "divider" })), times(51, () => ({ type: "divider" }))],
  ["section text 3000", section(marked(x(3000))), section(marked(x(3001)))],
  ["section text at least 1", section(marked("x")), section(marked(""))],
  ["escaped characters count as sent", section(marked("&lt;".repeat(750))), section(marked("&lt;".repeat(751)))],
  [
    "10 fields",
    { type: "section", fields: times(10, () => marked("f")) },
    { type: "section", fields: times(11, () => marked("f")) },
  ],
  ["field 2000", { type: "section", fields: [marked(x(2000))] }, { type: "section", fields: [marked(x(2001))] }],
  ["header 150", { type: "header", text: plain(x(150)) }, { type: "header", text: plain(x(151)) }],
  ["header not blank", { type: "header", text: plain("x") }, { type: "header", text: plain("  ") }],
  [
    "context 10",
    { type: "context", elements: times(10, () => marked("c")) },
    { type: "context", elements: times(11, () => marked("c")) },
  ],
  [
    "actions 25",
    anActions(...times(25, (i) => aButton({ action_id: `a${i}` }))),
    anActions(...times(26, (i) => aButton({ action_id: `a${i}` }))),
  ],
  ["button text 75", withAction(aButton({ text: plain(x(75)) })), withAction(aButton({ text: plain(x(76)) }))],
  ["button value 2000", withAction(aButton({ value: x(2000) })), withAction(aButton({ value: x(2001) }))],
  ["button url 3000", withAction(aButton({ url: link(3000) })), withAction(aButton({ url: link(3001) }))],
  ["button label 75", withAction(aButton({ accessibility_label: x(75) })), withAction(aButton({ accessibility_label: x(76) }))],
  ["action_id 255", withAction(aButton({ action_id: x(255) })), withAction(aButton({ action_id: x(256) }))],
  ["block_id 255", { type: "divider", block_id: x(255) }, { type: "divider", block_id: x(256) }],
  ["confirm title 100", confirm({ title: plain(x(100)) }), confirm({ title: plain(x(101)) })],
  ["confirm text 300", confirm({ text: marked(x(300)) }), confirm({ text: marked(x(301)) })],
  ["confirm button 30", confirm({ confirm: plain(x(30)) }), confirm({ confirm: plain(x(31)) })],
  ["deny button 30", confirm({ deny: plain(x(30)) }), confirm({ deny: plain(x(31)) })],
  ["select 100 options", select(times(100, (i) => option(i))), select(times(101, (i) => option(i)))],
  ["option text 75", select([option(1, { text: plain(x(75)) })]), select([option(1, { text: plain(x(76)) })])],
  ["option value 75", select([option(1, { value: x(75) })]), select([option(1, { value: x(76) })])],
  [
    "option description 75",
    select([option(1, { description: plain(x(75)) })]),
    select([option(1, { description: plain(x(76)) })]),
  ],
  ["placeholder 150", select([option(1)], { placeholder: plain(x(150)) }), select([option(1)], { placeholder: plain(x(151)) })],
  [
    "initial option offered",
    select([option(1)], { initial_option: option(1) }),
    select([option(1)], { initial_option: option(2) }),
  ],
  ["overflow 5", overflow(5), overflow(6)],
  ["checkboxes 10", boxes("checkboxes", 10), boxes("checkboxes", 11)],
  ["radio buttons 10", boxes("radio_buttons", 10), boxes("radio_buttons", 11)],
  ["image alt 2000", image({ alt_text: x(2000) }), image({ alt_text: x(2001) })],
  ["image title 2000", image({ title: plain(x(2000)) }), image({ title: plain(x(2001)) })],
  ["image url 3000", image({ image_url: link(3000) }), image({ image_url: link(3001) })],
  ["markdown 12,000", { type: "markdown", text: x(12_000) }, { type: "markdown", text: x(12_001) }],
  [
    "markdown 12,000 over all",
    [
      { type: "markdown", text: x(6000) },
      { type: "markdown", text: x(6000) },
    ],
    [
      { type: "markdown", text: x(6000) },
      { type: "markdown", text: x(6001) },
    ],
  ],
  [
    "13,200 characters of blocks",
    times(5, () => section(marked(x(2640)))),
    [...times(4, () => section(marked(x(2640)))), section(marked(x(2641)))],
  ],
  ["table 100 rows", table(grid(100, 1)), table(grid(101, 1))],
  ["table 20 cells", table(grid(1, 20)), table(grid(1, 21))],
  ["table cell not empty", table([[raw(" ")]]), table([[raw("")]])],
  [
    "table 20 column settings",
    table(grid(1, 1), { column_settings: times(20, () => ({ align: "left" })) }),
    table(grid(1, 1), { column_settings: times(21, () => ({ align: "left" })) }),
  ],
  [
    "table 10,000 characters over all cells",
    table(times(10, () => [raw(x(1000))])),
    table([...times(9, () => [raw(x(1000))]), [raw(x(1001))]]),
  ],
  ["one table a message", [table(grid(1, 1)), { type: "divider" }], [table(grid(1, 1)), table(grid(1, 1))]],
  [
    "one table, in a container too",
    [container({ child_blocks: [table(grid(1, 1))] })],
    [table(grid(1, 1)), container({ child_blocks: [table(grid(1, 1))] })],
  ],
  ["data_table 101 rows", dataTable(grid(101, 1)), dataTable(grid(102, 1))],
  ["data_table 2 rows", dataTable(grid(2, 1)), dataTable(grid(1, 1))],
  ["data_table 20 columns", dataTable(grid(2, 20)), dataTable(grid(2, 21))],
  ["data_table rows of one length", dataTable(grid(2, 2)), dataTable([[raw("a"), raw("b")], [raw("c")]])],
  [
    "data_table plain header",
    dataTable([[raw("a")], [richText({ type: "text", text: "b" })]]),
    dataTable([[richText({ type: "text", text: "a" })], [raw("b")]]),
  ],
  ["data_table page_size 100", dataTable(grid(2, 1), { page_size: 100 }), dataTable(grid(2, 1), { page_size: 101 })],
  [
    "data_table row header within",
    dataTable(grid(2, 2), { row_header_column_index: 1 }),
    dataTable(grid(2, 2), { row_header_column_index: 2 }),
  ],
  [
    "container 10 children",
    container({ child_blocks: times(10, () => ({ type: "divider" })) }),
    container({ child_blocks: times(11, () => ({ type: "divider" })) }),
  ],
  ["container title 150", container({ title: plain(x(150)) }), container({ title: plain(x(151)) })],
  ["container subtitle 150", container({ subtitle: marked(x(150)) }), container({ subtitle: marked(x(151)) })],
  ["container without container", container({}), container({ child_blocks: [container({})] })],
  ["card title 150", card({ title: marked(x(150)) }), card({ title: marked(x(151)) })],
  ["card body 200", card({ body: marked(x(200)) }), card({ body: marked(x(201)) })],
  [
    "card 3 buttons",
    card({ actions: times(3, (i) => aButton({ action_id: `a${i}` })) }),
    card({ actions: times(4, (i) => aButton({ action_id: `a${i}` })) }),
  ],
  [
    "carousel 10 cards",
    { type: "carousel", elements: times(10, () => card({})) },
    { type: "carousel", elements: times(11, () => card({})) },
  ],
  ["chart title 50", { ...bar({}), title: x(50) }, { ...bar({}), title: x(51) }],
  ["chart label 20", bar({ axis_config: { categories: [x(20)] } }), bar({ axis_config: { categories: [x(21)] } })],
  ["chart one value per category", bar({}), bar({ axis_config: { categories: ["q", "r"] } })],
  ["2 charts a message", [bar({}), bar({})], [bar({}), bar({}), bar({})]],
  [
    "context_actions 5",
    {
      type: "context_actions",
      elements: times(5, (i) => ({ type: "icon_button", action_id: `i${i}`, icon: "trash", text: plain("x") })),
    },
    {
      type: "context_actions",
      elements: times(6, (i) => ({ type: "icon_button", action_id: `i${i}`, icon: "trash", text: plain("x") })),
    },
  ],
  [
    "block_id once a message",
    [
      { type: "divider", block_id: "a" },
      { type: "divider", block_id: "b" },
    ],
    [
      { type: "divider", block_id: "a" },
      { type: "divider", block_id: "a" },
    ],
  ],
  [
    "action_id once a block",
    anActions(aButton({ action_id: "a" }), aButton({ action_id: "b" })),
    anActions(aButton({ action_id: "a" }), aButton({ action_id: "a" })),
  ],
];

describe("the limits of Block Kit", () => {
  it.each(limits)("%s: takes the largest, refuses the next", (_limit, largest, smallest) => {
    expect(checkMessage({ text: "t", blocks: [largest].flat() })).toEqual([]);
    expect(checkMessage({ text: "t", blocks: [smallest].flat() })).not.toEqual([]);
  });
});
