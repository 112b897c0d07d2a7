// What a channel may read of what is watched, as the policy has it.
import { describe, expect, it } from "vitest";
import { createRightsDesk } from "../../src/commands/rights/desk.ts";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import { channelRights } from "../../src/slack/channel-right.ts";

const { policy } = readPolicy("allow U0BOB viewer on prod_*; allow channels viewer on prod_*; allow C0PARTNER viewer on prod_dw");
const shared = new Set(["C0PARTNER", "C0OTHER"]);
const rightOf = channelRights(
  createRightsDesk(
    { read: async () => policy.map((line) => ({ line })) },
    {
      askerOf: async ({ user }) => ({ kind: "member", id: user, groups: [] }),
      isShared: async (_, channel) => shared.has(channel),
      membersOf: async () => [],
    },
  ),
);
const inChannel = (channel: string, project: string) => rightOf({ team: "T1", channel }, project);

describe("what a channel may read", () => {
  it("is everything where somebody may look there", async () => {
    expect(await inChannel("C0OURS", "prod_dw")).toBe("everything");
  });

  it("is nothing of a project that nobody may look at there", async () => {
    expect(await inChannel("C0OURS", "dev")).toBe("nothing");
  });

  it("is nothing where another organisation reads it and no line names it", async () => {
    expect(await inChannel("C0OTHER", "prod_dw")).toBe("nothing");
  });

  it("is no words that may quote data where another organisation reads it and a line allows that", async () => {
    expect(await inChannel("C0PARTNER", "prod_dw")).toBe("no errors");
    expect(await inChannel("C0PARTNER", "prod_other")).toBe("nothing");
  });

  it("is what the one who reads alone may read", async () => {
    const alone = (person: string, project: string) => rightOf({ team: "T1", channel: "D0BOB", person }, project);
    expect(await alone("U0BOB", "prod_dw")).toBe("everything");
    expect(await alone("U0SAM", "prod_dw")).toBe("nothing");
  });
});
