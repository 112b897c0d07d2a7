// The judge must see each fault that `npm run faults` is there to find.
import { describe, expect, it } from "vitest";
import { judge, type Post, type Trial } from "../../bench/faults/judge.ts";

const post = (text: string, over: Partial<Post> = {}): Post => ({ ts: "1", text, isPublic: false, files: [], ...over });
const answer = post("RUNNING \u2026abc in demo_project");
const marked = post("I was interrupted while I was answering you. If you see no answer above, please ask again.");
const interim = post("STOPPING \u2026abc in demo_project. Requested by @bob.");
const outcome = post("CANCELLED \u2026abc in demo_project. Stopped by @bob.");
const announced = post("CANCELLED \u2026abc in demo_project: <@U1> stopped it", { isPublic: true });
const announcedAgain = post("STOPPING \u2026abc in demo_project: <@U1> asked to stop it. I may have told this before.", {
  isPublic: true,
});
const table = post("SUCCESS \u2026abc in demo_project, 1 row, the first is 5.1");
const file = post("", { files: ["rows.csv"] });
const asked = post("ASKED \u2026abc in demo_project: Another operator has to approve it");
const card = (ts: string, word: string) =>
  post(`${word} \u2026abc in demo_project: <@U1> asks to stop it. Nobody decided yet.`, { ts, isPublic: true });
const answered = { of: "requests", state: "answered" };
const sent = { of: "transfers", state: "done" };

const trial = (over: Partial<Trial>): Trial => ({ acknowledged: true, posts: [answer], stops: 0, states: [answered], ...over });
const right = { lost: 0, duplicated: 0, orphaned: 0, ambiguous: 0, why: [] };

describe("the judge of a trial", () => {
  it.each<[string, Partial<Trial>]>([
    ["one answer", {}],
    ["a shared one", { posts: [{ ...answer, isPublic: true }] }],
    ["nothing for what Slack knows was not taken", { acknowledged: false, posts: [], states: [] }],
    ["a stop with its word before, its outcome and one announcement", { posts: [interim, outcome, announced], stops: 1 }],
    ["a question to others and its card", { posts: [asked, card("1", "APPROVAL")] }],
    [
      "a card that says how it came out",
      { posts: [outcome, card("1", "STOPPING"), card("1", "CANCELLED"), announced], stops: 1 },
    ],
    ["an answer and its file", { posts: [table, file], states: [answered, sent] }],
  ])("finds nothing wrong with %s", (_what, over) => {
    expect(judge(trial(over))).toEqual(right);
  });

  it.each<[string, Partial<Trial>, object]>([
    ["a worker that never answers", { posts: [] }, { lost: 1 }],
    ["a worker that only says a word on the way", { posts: [interim] }, { lost: 1 }],
    [
      "a file that cannot be sent though nobody was killed",
      { posts: [table, post("The file could not be sent.")], states: [answered, sent], isSpared: true },
      { lost: 1 },
    ],
    ["a worker that answers twice", { posts: [answer, outcome] }, { duplicated: 1 }],
    ["a repetition that is not marked", { posts: [answer, answer] }, { duplicated: 1 }],
    ["a repetition of a repetition", { posts: [answer, marked, marked] }, { duplicated: 1, ambiguous: 1 }],
    ["a worker that stops twice", { posts: [outcome, announced], stops: 2 }, { duplicated: 1 }],
    ["a stop that nobody else hears of", { posts: [outcome], stops: 1 }, { lost: 1 }],
    ["a stop that is announced twice", { posts: [outcome, announced, announced], stops: 1 }, { duplicated: 1 }],
    ["a request without an end", { states: [{ of: "requests", state: "answering" }] }, { orphaned: 1 }],
    ["a transfer without an end", { states: [answered, { of: "transfers", state: "sending" }] }, { orphaned: 1 }],
    ["a file that was promised and never sent", { posts: [table], states: [answered, sent] }, { lost: 1 }],
    ["a question to others without its card", { posts: [asked] }, { lost: 1 }],
    ["two cards for one question", { posts: [asked, card("1", "APPROVAL"), card("2", "APPROVAL")] }, { duplicated: 1 }],
    ["a file that comes twice", { posts: [table, file, file], states: [answered, sent] }, { duplicated: 1 }],
  ])("sees %s", (_what, over, expected) => {
    const { why, ...found } = judge(trial(over));
    expect(found).toEqual({ lost: 0, duplicated: 0, orphaned: 0, ambiguous: 0, ...expected });
    expect(why).toHaveLength(1);
  });

  it("counts a marked repetition apart", () => {
    expect(judge(trial({ posts: [answer, marked] }))).toEqual({ ...right, ambiguous: 1 });
    expect(judge(trial({ posts: [outcome, announced, announcedAgain], stops: 1 }))).toEqual({ ...right, ambiguous: 1 });
  });
});
