// The judge must see each fault that `npm run faults` is there to find where instances are followed.
import { describe, expect, it } from "vitest";
import { type Followed, judgeSeason, type Said, type Season } from "../../../bench/faults/tick/judge.ts";

const instanceId = "20261126015243124g86up3wj5";
const watch = `T1/default/prod/${instanceId}/C1`;
const mark = "I may have told this before";

const said = (text: string, over: Partial<Said> = {}): Said => ({
  channel: "C1",
  watch,
  isReply: true,
  isBroadcast: false,
  text,
  blocks: "[]",
  isInDoubt: false,
  ...over,
});
const card = said("RUNNING etl in prod: 40%, at M1", { isReply: false });
const end = said("SUCCESS etl in prod, after 1 m 1 s");
const marked = said(`SUCCESS etl in prod, after 1 m 1 s. ${mark}`);
const failed = said("FAILED etl in prod, after 1 m 1 s. <@U1>", { isBroadcast: true });
const direct = said("SUCCESS etl in prod, after 1 m 1 s", {
  channel: "U1",
  watch: undefined,
  blocks: `["${instanceId}", "<#C1>"]`,
});
const summary = said("SUMMARY 7 instances at once: 7 SUCCESS", {
  watch: undefined,
  isReply: false,
  blocks: '[{"text":"\u2026g86up3wj5 SUCCESS"}]',
});
const silent = said("UNREACHABLE MaxCompute has not answered since 10:04 UTC. What the cards here say is as old", {
  watch: undefined,
  isReply: false,
});
const back = said("RECOVERED MaxCompute answers again after 18 m. The cards here are being brought up to date", {
  watch: undefined,
  isReply: false,
});
const inDoubt = (one: Said): Said => ({ ...one, isInDoubt: true });

const followed = (over: Partial<Followed> = {}): Followed => ({
  watch,
  instanceId,
  channel: "C1",
  ends: "SUCCESS",
  isDirect: false,
  tells: [],
  card: "SUCCESS etl in prod: 1 m 1 s",
  events: ["finished"],
  ...over,
});
const season = (over: Partial<Season> = {}): Season => ({
  said: [card, end],
  followed: [followed()],
  published: new Set(["finished"]),
  outages: [],
  leftovers: [],
  ...over,
});
const right = { lost: 0, duplicated: 0, orphaned: 0, ambiguous: 0, why: [] };

describe("the judge of a season", () => {
  it.each<[string, Partial<Season>]>([
    ["a card and its end", {}],
    ["an end that is in a summary", { said: [card, summary] }],
    ["a failure that the channel hears", { said: [card, failed], followed: [followed({ ends: "FAILED", card: "FAILED etl" })] }],
    ["an end that its owner hears, too", { said: [card, end, direct], followed: [followed({ isDirect: true })] }],
    ["two standstills", { said: [card, end, said("etl: *STUCK* since 10:01"), said("etl: *STUCK* since 10:09")] }],
    ["a silence and its end", { said: [card, end, silent, back], outages: [["C1"]] }],
    [
      "what was to be told and is behind the last word of a summary",
      { said: [card, summary], followed: [followed({ tells: ["queued"] })] },
    ],
  ])("finds nothing wrong with %s", (_what, over) => {
    expect(judgeSeason(season(over))).toEqual(right);
  });

  it.each<[string, Partial<Season>, object]>([
    ["an end that was closed before it was told", { said: [card] }, { lost: 1 }],
    ["a card that never came", { said: [end] }, { lost: 1 }],
    [
      "a failure that only its thread hears",
      { said: [card, { ...failed, isBroadcast: false }], followed: [followed({ ends: "FAILED", card: "FAILED etl" })] },
      { lost: 1 },
    ],
    ["a card that still says that it runs", { followed: [followed({ card: card.text })] }, { lost: 1 }],
    ["an owner who does not hear of it", { followed: [followed({ isDirect: true })] }, { lost: 1 }],
    ["a deadline that was missed in silence", { followed: [followed({ tells: ["deadline"] })] }, { lost: 1 }],
    ["a denial that its owner does not hear of", { followed: [followed({ tells: ["forbidden"] })] }, { lost: 1 }],
    ["an event that others did not hear of", { published: new Set() }, { lost: 1 }],
    ["a silence that a channel did not hear of", { said: [card, end, back], outages: [["C1"]] }, { lost: 1 }],
    [
      "a second silence that a channel did not hear the end of",
      { said: [card, end, silent, { ...silent, text: silent.text.replace("10:04", "10:40") }, back], outages: [["C1"], ["C1"]] },
      { lost: 1 },
    ],
    ["an end that was told before it was written down, and again", { said: [card, inDoubt(end), end] }, { duplicated: 1 }],
    ["a repetition for which there was no reason", { said: [card, end, marked] }, { duplicated: 1, ambiguous: 1 }],
    ["two cards", { said: [card, card, end] }, { duplicated: 1 }],
    ["a silence that is told twice", { said: [card, end, silent, silent, back], outages: [["C1"]] }, { duplicated: 1 }],
    ["a watch that nobody will look at", { leftovers: [`${watch} is in a group that sleeps`] }, { orphaned: 1 }],
  ])("sees %s", (_what, over, expected) => {
    const { why, ...found } = judgeSeason(season(over));
    expect(found).toEqual({ lost: 0, duplicated: 0, orphaned: 0, ambiguous: 0, ...expected });
    expect(why).toHaveLength(1);
  });

  it("counts apart what is marked because somebody died telling it", () => {
    expect(judgeSeason(season({ said: [card, inDoubt(end), marked] }))).toEqual({ ...right, ambiguous: 1 });
    // It may not have been told at all.
    expect(judgeSeason(season({ said: [card, marked] }))).toEqual({ ...right, ambiguous: 1 });
    // It was put aside for a summary by whoever died.
    expect(judgeSeason(season({ said: [card, marked, summary] }))).toEqual({ ...right, ambiguous: 1 });
  });
});
