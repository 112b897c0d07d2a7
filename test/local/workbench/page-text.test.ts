import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offerFor } from "../../../src/local/workbench/page/completion.ts";
import { scenarioWords } from "../../../src/local/workbench/page/parts/scenario-words.ts";
import { knownOf, type Pending, stillWaiting } from "../../../src/local/workbench/page/pending.ts";
import type { Message } from "../../../src/local/workbench/page/shapes.ts";
import { formatDate } from "../../../src/local/workbench/page/text/dates.ts";
import { emojiOf } from "../../../src/local/workbench/page/text/emoji.ts";
import { openableUrl, ownPicture } from "../../../src/local/workbench/page/text/links.ts";
import { parseMarkdown } from "../../../src/local/workbench/page/text/markdown.ts";
import { type Inline, parseInline, parseMrkdwn } from "../../../src/local/workbench/page/text/mrkdwn.ts";
import { inChannel, isContinued, repliesOf } from "../../../src/local/workbench/page/threads.ts";
import { meaningOf } from "../../../src/local/workbench/page/typed.ts";
import { someCompletions } from "./start-workbench.ts";

/** A tree as a short text: *bold* is b(bold). */
const drawn = (nodes: readonly Inline[]): string =>
  nodes
    .map((node) => {
      if (node.kind === "text") return node.text;
      if (node.kind === "bold" || node.kind === "italic" || node.kind === "strike")
        return `${node.kind}(${drawn(node.children)})`;
      if (node.kind === "code") return `code(${node.text})`;
      if (node.kind === "link") return `link(${node.url},${node.label})`;
      if (node.kind === "emoji") return `emoji(${node.name})`;
      if (node.kind === "user" || node.kind === "channel") return `${node.kind}(${node.id})`;
      if (node.kind === "date") return `date(${node.seconds},${node.format},${node.fallback})`;
      return node.kind === "broadcast" ? `all(${node.name})` : "";
    })
    .join("");

/** The shortcodes in the words of the bot's messages, and those that marks name. */
const usedShortcodes = (): readonly string[] => {
  const files = globSync("src/slack/**/*.ts").map((file) => readFileSync(file, "utf8"));
  const found = files.flatMap((text) => [...text.matchAll(/mrkdwn`:([a-z_0-9]+):|\bemoji: "([a-z_0-9]+)"/g)]);
  return [...new Set(found.map(([, inText, named]) => inText ?? named ?? ""))].sort();
};

describe("the shortcodes that the bot writes", () => {
  it.each(usedShortcodes())("%s is drawn, or a character", (name) => {
    expect(emojiOf(name).kind).not.toBe("text");
  });
});

/** Only what a person reads. */
const wordsOf = (nodes: readonly Inline[]): string =>
  nodes.map((node) => ("children" in node ? wordsOf(node.children) : "text" in node ? node.text : "")).join("");

describe("mrkdwn", () => {
  it.each([
    ["*bold* _it_ ~gone~", "bold(bold) italic(it) strike(gone)"],
    ["*_both_*", "bold(italic(both))"],
    ["2 * 3 * 4 and a_b_c", "2 * 3 * 4 and a_b_c"],
    ["`*raw* &lt;`", "code(*raw* <)"],
    [
      "<https://a.example|A &amp; B> <https://b.example>",
      "link(https://a.example,A & B) link(https://b.example,https://b.example)",
    ],
    ["<@U1> in <#C1|general> <!here>", "user(U1) in channel(C1) all(here)"],
    ["<!date^1795339200^{time}|07:20 UTC>", "date(1795339200,{time},07:20 UTC)"],
    [":x: 10:30:00", "emoji(x) 10emoji(30)00"],
    ["&lt;b&gt; &amp;lt; &quot;", "<b> &lt; &quot;"],
    ["a < b > c", "a link( b , b ) c"],
    ["*open and `too", "*open and `too"],
  ])("%s", (text, tree) => {
    expect(drawn(parseInline(text))).toBe(tree);
  });

  it("keeps fences, quotes and lines apart", () => {
    const paragraphs = parseMrkdwn("before\n```\na < b\n  c\n```\nafter\n&gt; said\n>more\nend");
    expect(paragraphs.map(({ kind }) => kind)).toEqual(["lines", "pre", "lines", "quote", "lines"]);
    expect(paragraphs[1]).toEqual({ kind: "pre", text: "a < b\n  c" });
    expect(paragraphs[3]).toMatchObject({ lines: [[{ text: "said" }], [{ text: "more" }]] });
  });

  it("loses no plain letter, whatever marks stand around it", () => {
    const alphabet = fc.constantFrom("a", "*", "_", "~", "`", "&gt;", " ", "\n");
    const lettersIn = (text: string) => text.match(/a/g)?.length ?? 0;
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 60 }), (text) => {
        const shown = parseMrkdwn(text).map((paragraph) =>
          paragraph.kind === "pre" ? paragraph.text : paragraph.lines.map(wordsOf).join(""),
        );
        expect(lettersIn(shown.join(""))).toBe(lettersIn(text));
      }),
    );
  });

  it("takes a hostile text in its stride", () => {
    const started = performance.now();
    parseMrkdwn("*a ".repeat(4000));
    parseMrkdwn("<".repeat(12_000));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe("dates", () => {
  const now = Date.UTC(2026, 10, 22, 10, 0, 0);
  const seconds = now / 1000;
  it.each([
    ["{time}", "Asia/Shanghai", "6:00 PM"],
    ["{date_short_pretty} {time}", "Europe/Berlin", "Today 11:00 AM"],
    ["{date}", "America/Los_Angeles", "November 22, 2026"],
    ["{time_secs}", "UTC", "10:00:00 AM"],
    ["{ago}", "UTC", "this minute"],
    ["{nonsense}", "UTC", "{nonsense}"],
  ])("%s in %s is %s", (format, zone, words) => {
    expect(formatDate(format, seconds, now, zone)).toBe(words);
  });

  it("says yesterday by the reader's own calendar", () => {
    const lastNight = Date.UTC(2026, 10, 21, 20, 0, 0) / 1000;
    expect(formatDate("{date_pretty}", lastNight, now, "UTC")).toBe("Yesterday");
    expect(formatDate("{date_pretty}", lastNight, now, "Asia/Shanghai")).toBe("Today");
  });
});

describe("links and pictures", () => {
  it.each(["javascript:alert(1)", "data:text/html,x", "vbscript:x", "no address", "//evil.example"])(
    "%s opens nothing",
    (url) => {
      expect(openableUrl(url)).toBeUndefined();
    },
  );

  it("only pictures of our own server are drawn", () => {
    expect(ownPicture("/files/F1/a.png", "http://localhost:3000")).toBe("http://localhost:3000/files/F1/a.png");
    expect(ownPicture("https://cdn.example/a.png", "http://localhost:3000")).toBeUndefined();
  });
});

describe("markdown", () => {
  it("knows headings, lists, code, quotes, tables and rules", () => {
    const text = "# Title\nwords **and** more\n- a\n- b\n1. c\n> q\n```\ncode\n```\n| a | b |\n|---|---|\n| 1 | 2 |\n---";
    expect(parseMarkdown(text).map(({ kind }) => kind)).toEqual([
      "heading",
      "paragraph",
      "list",
      "list",
      "quote",
      "pre",
      "table",
      "rule",
    ]);
  });
});

describe("completion", () => {
  const people = [
    { name: "ann", real_name: "Ann Admin" },
    { name: "odps", real_name: "ODPS bot" },
  ];
  const offered = (text: string) => offerFor(text, text.length, someCompletions, people);

  it("offers verbs that begin with what is typed, and Enter takes the first", () => {
    const { suggestions, chosen } = offered("/odps st");
    expect(suggestions.map(({ line }) => line)).toEqual(["/odps status ", "/odps stop "]);
    expect(chosen).toBe(0);
  });

  it.each(["/odps", "/odps ", "/odps help", "@odps"])("leaves Enter to send %j", (text) => {
    expect(offered(text).chosen).toBeUndefined();
  });

  it("offers people in the middle of a line and keeps what follows", () => {
    const { suggestions } = offerFor("hey @an please", 7, someCompletions, people);
    expect(suggestions).toMatchObject([{ line: "hey @ann please", caret: 9 }]);
  });

  it("offers nothing inside arguments, mail addresses or plain words", () => {
    for (const text of ["/odps status la", "mail me@od", "hello", "/other"]) expect(offered(text).suggestions).toEqual([]);
  });
});

describe("what a typed line means", () => {
  it("tells commands from messages, and refuses what Slack would refuse", () => {
    expect(meaningOf("/odps  status last ", false)).toEqual({ kind: "command", text: "status last" });
    expect(meaningOf(" hello @ann ", false)).toEqual({ kind: "message", text: "hello @ann" });
    expect(meaningOf("  ", false)).toEqual({ kind: "nothing" });
    expect(meaningOf("/deploy", false)).toMatchObject({ kind: "refused" });
    expect(meaningOf("/odps status", true)).toMatchObject({ kind: "refused" });
  });
});

const aMessage = (change: Partial<Message>): Message => ({
  ts: "100.1",
  channel: "C1",
  user: "U1",
  text: "words",
  blocks: [],
  files: [],
  edited: false,
  ...change,
});

describe("threads", () => {
  const parent = aMessage({ ts: "1.1", thread_ts: "1.1" });
  const reply = aMessage({ ts: "2.1", thread_ts: "1.1" });
  const shared = aMessage({ ts: "3.1", thread_ts: "1.1", broadcast: true });

  it("show replies in the channel only when they were sent there too", () => {
    expect(inChannel([parent, reply, shared])).toEqual([parent, shared]);
    expect(repliesOf([parent, reply, shared]).get("1.1")).toEqual({ count: 2, lastTs: "3.1" });
  });

  it("run one author's quick messages together", () => {
    expect(isContinued(aMessage({ ts: "160.1" }), aMessage({}))).toBe(true);
    expect(isContinued(aMessage({ ts: "900.1" }), aMessage({}))).toBe(false);
    expect(isContinued(aMessage({ ts: "160.1", visible_to: "U1" }), aMessage({}))).toBe(false);
  });
});

describe("a typed command on its way", () => {
  const before = aMessage({ user: "B1" });
  const waiting = (id: number): Pending => ({ id, user: "U1", channel: "C1", text: "/odps status", known: knownOf([before]) });

  it("waits through what was there, through its own person's words and through other channels", () => {
    const own = aMessage({ ts: "101.1", user: "U1" });
    expect(stillWaiting([waiting(1)], "C1", [before, own])).toHaveLength(1);
    expect(stillWaiting([waiting(1)], "C2", [aMessage({ ts: "102.1", user: "B1" })])).toHaveLength(1);
  });

  it("is answered by a new message or an edit, one for each", () => {
    const news = aMessage({ ts: "101.1", user: "B1" });
    expect(stillWaiting([waiting(1), waiting(2)], "C1", [before, news])).toEqual([waiting(2)]);
    expect(stillWaiting([waiting(1)], "C1", [{ ...before, edited: true, text: "new" }])).toEqual([]);
  });
});

it.each([
  ["running", "running"],
  ["user_script_java", "user script java"],
  ["xflow_running/tune/train", "xflow running › tune › train"],
])("the scenario %s is shown as %s", (scenario, words) => {
  expect(scenarioWords(scenario)).toBe(words);
});
