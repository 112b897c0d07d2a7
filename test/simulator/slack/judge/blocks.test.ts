import { describe, expect, it } from "vitest";
import { checkMessage, checkView } from "../../../../src/simulator/slack/index.ts";
import { aButton, aModal, anActions, marked, plain } from "../support.ts";
import { grid, option, richText, section, select, table, times, x } from "./builders.ts";

describe("the judge of messages", () => {
  it.each([
    ["an unknown block", { type: "sectoin", text: marked("x") }, "/blocks/0/type", "unknown_type"],
    ["a block called like a prototype's key", { type: "constructor" }, "/blocks/0/type", "unknown_type"],
    ["a block without a type", { text: marked("x") }, "/blocks/0", "missing_field"],
    ["an unknown element", anActions({ type: "slider" }), "/blocks/0/elements/0/type", "unknown_type"],
    ["a stray field", { type: "divider", colour: "red" }, "/blocks/0", "unknown_field"],
    ["a section of nothing", { type: "section" }, "/blocks/0", "missing_field"],
    ["mrkdwn in a header", { type: "header", text: marked("x") }, "/blocks/0/text/type", "unknown_type"],
    ["mrkdwn on a button", anActions(aButton({ text: marked("x") })), "/blocks/0/elements/0/text/type", "unknown_type"],
    ["a button of an unknown style", anActions(aButton({ style: "default" })), "/blocks/0/elements/0/style", "not_allowed"],
    [
      "a link of a strange scheme",
      anActions(aButton({ url: "javascript:alert(1)" })),
      "/blocks/0/elements/0/url",
      "wrong_format",
    ],
    ["an alert in a message", { type: "alert", text: plain("x") }, "/blocks/0/type", "not_allowed"],
    [
      "a select with options and groups",
      select([option(1)], { option_groups: [{ label: plain("g"), options: [option(1)] }] }),
      "/blocks/0/elements/0",
      "not_allowed",
    ],
    [
      "an unknown rich text element",
      richText({ type: "html", text: "x" }),
      "/blocks/0/elements/0/elements/0/type",
      "unknown_type",
    ],
    [
      "a mention in preformatted text",
      { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements: [{ type: "user", user_id: "U1" }] }] },
      "/blocks/0/elements/0/elements/0/type",
      "unknown_type",
    ],
  ])("refuses %s and points at it", (_what, block, pointer, code) => {
    expect(checkMessage({ text: "t", blocks: [block] })).toContainEqual(expect.objectContaining({ pointer, code }));
  });

  it("takes every kind of rich text", () => {
    const inline = [
      { type: "text", text: "a", style: { bold: true } },
      { type: "link", url: "https://example.com", text: "b" },
      { type: "user", user_id: "U1" },
      { type: "channel", channel_id: "C1" },
      { type: "usergroup", usergroup_id: "S1" },
      { type: "broadcast", range: "here" },
      { type: "emoji", name: "x" },
      { type: "date", timestamp: 1795339200, format: "{time}", fallback: "07:20" },
      { type: "color", value: "#ff0000" },
    ];
    const line = { type: "rich_text_section", elements: inline };
    const elements = [
      line,
      { type: "rich_text_list", style: "bullet", indent: 1, elements: [line] },
      { type: "rich_text_quote", elements: inline },
      { type: "rich_text_preformatted", border: 0, elements: inline.slice(0, 2) },
    ];
    expect(checkMessage({ text: "t", blocks: [{ type: "rich_text", elements }] })).toEqual([]);
  });

  it.each([
    ["text of 4,000 characters", { text: x(4000) }, []],
    ["text of 4,001 characters", { text: x(4001) }, ["msg_too_long"]],
    ["nothing", {}, ["no_text"]],
    ["blank text and no blocks", { text: " ", blocks: [] }, ["no_text"]],
    ["blocks without a text beside them", { blocks: [{ type: "divider" }] }, ["missing_text"]],
    ["blocks that are no list", { text: "t", blocks: "[]" }, ["wrong_type"]],
    ["13,201 characters of blocks", { text: "t", blocks: times(5, () => section(marked(x(2641)))) }, ["msg_blocks_too_long"]],
  ])("says of %s: %j", (_what, message, codes) => {
    expect(checkMessage(message).map(({ code }) => code)).toEqual(codes);
  });
});

describe("the judge of views", () => {
  it.each([
    [
      "100 blocks",
      aModal({ blocks: times(100, () => ({ type: "divider" })) }),
      aModal({ blocks: times(101, () => ({ type: "divider" })) }),
    ],
    ["title 24", aModal({ title: plain(x(24)) }), aModal({ title: plain(x(25)) })],
    ["submit 24", aModal({ submit: plain(x(24)) }), aModal({ submit: plain(x(25)) })],
    ["close 24", aModal({ close: plain(x(24)) }), aModal({ close: plain(x(25)) })],
    ["private_metadata 3000", aModal({ private_metadata: x(3000) }), aModal({ private_metadata: x(3001) })],
    ["callback_id 255", aModal({ callback_id: x(255) }), aModal({ callback_id: x(256) })],
    [
      "an alert of 200",
      aModal({ blocks: [{ type: "alert", text: plain(x(200)) }] }),
      aModal({ blocks: [{ type: "alert", text: plain(x(201)) }] }),
    ],
    ["no table in a modal", aModal({ blocks: [{ type: "divider" }] }), aModal({ blocks: [table(grid(1, 1))] })],
    [
      "no alert on a Home tab",
      { type: "home", blocks: [{ type: "divider" }] },
      { type: "home", blocks: [{ type: "alert", text: plain("x") }] },
    ],
    ["an input needs a submit button", aModal(), aModal({ submit: undefined })],
    ["a known type", aModal(), aModal({ type: "dialog" })],
  ])("%s: takes the largest, refuses the next", (_limit, largest, smallest) => {
    expect(checkView(largest)).toEqual([]);
    expect(checkView(smallest)).not.toEqual([]);
  });
});
