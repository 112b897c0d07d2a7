import { describe, expect, it } from "vitest";
import { drawNews } from "../../../src/slack/draw-watch.ts";
import { render } from "../../../src/slack/render.ts";
import type { View } from "../../../src/view/index.ts";
import type { Held } from "../../../src/watch/index.ts";
import { buttonsOf, menusOf, wordsOf } from "../../support/blocks.ts";
import { aLink, seenAt } from "../../support/views.ts";
import { aFailed, aFinished, aHeld, announcedAt } from "../../support/watch/announced.ts";

const draw = (view: View) => render(view, { audience: "private" });
const urlOf = (view: View) => /"url":"([^"]+)"/.exec(JSON.stringify(draw(view)))?.[1];

describe("the answer to watch", () => {
  const view = {
    kind: "watching",
    link: aLink(),
    isNew: true,
    channel: "C0GENERAL1",
    cardTs: "1795339200.000001",
    options: [],
  } as const;

  it("says that it has begun, and how to end it", () => {
    expect(draw(view).text).toBe("Watching …zbzufck2 in demo_project. I post a card here and keep it true until the end.");
    expect(buttonsOf(draw(view)).map(({ label }) => label)).toEqual(["Open card", "Status", "Logview", "Unwatch"]);
  });

  it("to the second who asks is where the card is", () => {
    expect(draw({ ...view, isNew: false }).text).toMatch(/^Already watched here/);
    expect(urlOf(view)).toBe("https://slack.com/archives/C0GENERAL1/p1795339200000001");
  });

  it.each([[{ channel: "C1/../evil" }], [{ cardTs: "1.2@evil" }]])("makes no link of what is no address: %j", (over) => {
    expect(urlOf({ ...view, ...over })).toBeUndefined();
  });

  it("repeats what was wished", () => {
    expect(wordsOf(draw({ ...view, by: seenAt, options: ["quiet", "stuck after 10 m"] }))).toMatch(
      /\*Deadline\* <!date\^\d+.* · quiet, stuck after 10 m/,
    );
  });
});

describe("the list of watches", () => {
  const row = { link: aLink(), word: "RUNNING", percent: 63, startedBy: "U0ANN", startedAt: seenAt, options: ["quiet"] };

  it("says the state of each, who began it, and offers it", () => {
    const drawn = draw({ kind: "watches", rows: [row], mutes: [] });
    expect(drawn.text).toBe("1 instance watched here: …zbzufck2 RUNNING");
    expect(wordsOf(drawn)).toMatch(/by <@U0ANN>, .* · quiet/);
    expect(menusOf(drawn)).toEqual({ "list.pick": ["status:r1:abc.0"] });
  });

  it("says what is silenced, until when and by whom", () => {
    const mutes = [{ id: "m1", what: "etl_*", until: seenAt, by: "U0BOB" }];
    expect(wordsOf(draw({ kind: "watches", rows: [], mutes }))).toMatch(/:mute: `etl_\*` until .* by <@U0BOB>/);
  });

  it("that is empty says how to watch", () => {
    expect(draw({ kind: "watches", rows: [], mutes: [] }).text).toBe("Nothing watched here");
    expect(wordsOf(draw({ kind: "watches", rows: [], mutes: [] }))).toContain(
      "`watch <id>`".replace("<", "&lt;").replace(">", "&gt;"),
    );
  });
});

describe("the list of subscriptions", () => {
  const row = { id: "s1", project: "prod", on: ["failed", "slow"], filters: ["name etl_*"], createdBy: "U0ANN" };

  it("says what each tells, who made it, and when the channel is quiet", () => {
    const drawn = draw({ kind: "subscriptions", rows: [row], quiet: "22:00 to 07:00 Asia/Shanghai" });
    expect(drawn.text).toBe("1 subscription in this channel: prod on failed, slow");
    expect(wordsOf(drawn)).toContain("`s1` *`prod`* · on failed, slow · name etl_* · by <@U0ANN>");
    expect(wordsOf(drawn)).toContain("Quiet hours: 22:00 to 07:00 Asia/Shanghai");
  });

  it("that is empty says how to subscribe", () => {
    expect(draw({ kind: "subscriptions", rows: [] }).text).toBe("No subscription in this channel");
  });
});

describe("a summary", () => {
  const many = (held: readonly Held[]) =>
    drawNews({ kind: "summary", key: "s", at: announcedAt, held }, { showsErrors: true, isPerhapsRepeated: false });

  it("puts failures first, and each instance once, with its last word", () => {
    const held = [
      aHeld({ announcement: { kind: "queued", key: "queued", at: announcedAt, to: "thread", waitedMs: 1 } }),
      aHeld(),
      aHeld({ instanceId: "i2", jobName: "sync_crm", announcement: aFailed(), why: "quiet" }),
    ];
    expect(many(held).text).toBe("SUMMARY 2 instances while it was quiet here and at once: 1 FAILED, 1 SUCCESS");
    expect(wordsOf(many(held))).toMatch(
      /\*FAILED\* `sync_crm` · 12 m 4 s · ODPS-0123144: A worker.*\n.*\*SUCCESS\* `etl_orders`/,
    );
  });

  it("of hundreds counts what it does not name", () => {
    const held = Array.from({ length: 400 }, (_, index) => aHeld({ instanceId: `i${index}`, announcement: aFinished() }));
    expect(many(held).text).toContain("400 instances at once: 400 SUCCESS");
    expect(wordsOf(many(held))).toMatch(/and \d+ more/);
    expect(menusOf(many(held))["list.pick"]).toHaveLength(100);
  });
});
