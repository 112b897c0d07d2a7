import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import type { ApprovalView } from "../../../src/view/index.ts";
import { buttonsOf, wordsOf } from "../../support/blocks.ts";
import { aLink, aStopFacts, seenAt } from "../../support/views.ts";

const asked: ApprovalView = {
  kind: "approval",
  phase: "asked",
  intentId: "in1:7f3a",
  verb: "stop",
  link: aLink(),
  requester: "U0BOB",
  reason: "wrong partition",
  expiresAt: seenAt + 600_000,
};
const facts = aStopFacts({ cost: 147_600.4, watchers: { people: ["U0VIC", "U0ANN"], channels: 2 } });
const draw = (view: ApprovalView) => render(view, { audience: "channel" });

describe("the card on which a second person decides about a stop", () => {
  it("says what they have to know, and calls nobody but whoever asked", () => {
    expect(wordsOf(draw({ ...asked, facts }))).toMatchInlineSnapshot(`
      ":raised_hand: *APPROVAL NEEDED*  <@U0BOB> asks to *stop* \`…zbzufck2\` in \`demo_project\`
      The instance is cancelled for good. This cannot be undone.
      wrong partition
      *Progress*
      ▓▓▓▓▓▓░░░░ 63%
      *Elapsed*
      12 m 4 s
      *Cost so far*
      147600 core-seconds
      *Followed by*
      2 channels, by 2 others
      *Owner*
      \`ALIYUN$ann@example.com\`
      Approve
      Deny
      \`20160519101349613gzbzufck2\`
      Needs another operator, until <!date^1795343029^{date_short_pretty} {time}|22 Nov, 10:23 UTC>
      Updated <!date^1795342429^{date_short_pretty} {time_secs}|22 Nov, 10:13 UTC>"
    `);
  });

  it("says less where less is known, as of a request that an earlier release took", () => {
    expect(wordsOf(draw(asked))).not.toContain("*Elapsed*");
  });

  it("has no buttons and no old figures once it is decided", () => {
    const decided = draw({ ...asked, facts, phase: "denied", by: "U0CARL" });
    expect(buttonsOf(decided)).toEqual([]);
    expect(wordsOf(decided)).not.toContain("*Elapsed*");
    expect(wordsOf(decided)).toContain("Denied by <@U0CARL>; nothing was done.");
  });
});
