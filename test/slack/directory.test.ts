import { WebClient } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { clientOptions } from "../../src/slack/client-options.ts";
import { createDirectory, createDirectoryMemory } from "../../src/slack/directory.ts";
import { manualClock } from "../support/manual-clock.ts";

type Answers = Readonly<Record<string, unknown>>;

/** Slack as `answers` has it: by method and what is asked about. */
function aDirectory(answers: Answers) {
  const asked: string[] = [];
  let time = 0;
  const fetch = async (url: unknown, init?: { readonly body?: unknown }) => {
    const fields = new URLSearchParams(String(init?.body));
    const about = fields.get("user") ?? fields.get("usergroup") ?? fields.get("channel") ?? "";
    const what = `${String(url).split("/").at(-1)} ${about}`;
    asked.push(what);
    const answer = await answers[what];
    return Response.json(typeof answer === "string" ? { ok: false, error: answer } : { ok: true, ...(answer as object) });
  };
  const client = new WebClient("xoxb-1", { ...clientOptions, fetch: fetch as typeof globalThis.fetch });
  const clock = manualClock();
  const directory = createDirectory({ client, teamId: "T1", remember: createDirectoryMemory(() => time), clock });
  const pass = (ms: number) => {
    time += ms;
  };
  return { directory, asked, pass, clock };
}

const user = (more: object) => ({ user: { id: "U1", team_id: "T1", ...more } });
const caller = { team: "T1", user: "U1" };

describe("who somebody is", () => {
  it.each([
    ["a full member", user({}), { kind: "member", id: "U1", groups: [] }],
    ["a guest of several channels", user({ is_restricted: true }), { kind: "refused", why: "guest" }],
    ["a guest of one channel", user({ is_restricted: true, is_ultra_restricted: true }), { kind: "refused", why: "guest" }],
    ["a bot", user({ is_bot: true }), { kind: "refused", why: "bot" }],
    ["somebody who has left", user({ deleted: true }), { kind: "refused", why: "gone" }],
    ["somebody of another workspace", user({ team_id: "T2" }), { kind: "refused", why: "outsider" }],
    [
      "somebody of another one of the same organisation who is a member here, too",
      user({ team_id: "E1", enterprise_user: { teams: ["T1"] } }),
      { kind: "member", id: "U1", groups: [] },
    ],
    ["a stranger of a shared channel", user({ is_stranger: true }), { kind: "refused", why: "outsider" }],
  ])("is %s", async (_, answer, expected) => {
    const { directory } = aDirectory({ "users.info U1": answer });
    expect(await directory.askerOf(caller, [])).toEqual(expected);
  });

  it("is not even asked of a request from another workspace", async () => {
    const { directory, asked } = aDirectory({});
    expect(await directory.askerOf({ team: "T2", user: "U1" }, ["S1"])).toEqual({ kind: "refused", why: "outsider" });
    expect(asked).toEqual([]);
  });

  it("is asked every eight minutes at most, and again at once where Slack failed", async () => {
    const answers: Record<string, unknown> = { "users.info U1": "internal_error" };
    const { directory, asked, pass } = aDirectory(answers);
    await expect(directory.askerOf(caller, [])).rejects.toThrow("internal_error");
    answers["users.info U1"] = user({});
    expect(await directory.askerOf(caller, [])).toMatchObject({ kind: "member" });
    answers["users.info U1"] = user({ is_restricted: true });
    pass(479_999);
    expect(await directory.askerOf(caller, [])).toMatchObject({ kind: "member" });
    pass(1);
    expect(await directory.askerOf(caller, [])).toMatchObject({ kind: "refused" });
    expect(asked).toHaveLength(3);
  });

  it("tells the groups of a policy that they are in; one that is gone has nobody in it", async () => {
    const { directory } = aDirectory({
      "users.info U1": user({}),
      "usergroups.users.list S1": { users: ["U9", "U1"] },
      "usergroups.users.list S2": { users: ["U9"] },
      "usergroups.users.list S3": "no_such_subteam",
    });
    expect(await directory.askerOf(caller, ["S1", "S2", "S3"])).toEqual({ kind: "member", id: "U1", groups: ["S1"] });
  });

  it("is nobody's guess where Slack does not tell the groups", async () => {
    const { directory } = aDirectory({ "users.info U1": user({}), "usergroups.users.list S1": "missing_scope" });
    await expect(directory.askerOf(caller, ["S1"])).rejects.toThrow("missing_scope");
  });
});

describe("a Slack that does not answer", () => {
  const hangs = new Promise<never>(() => undefined);
  it.each([
    ["who somebody is", { "users.info U1": hangs }],
    ["who is in a group", { "users.info U1": user({}), "usergroups.users.list S1": hangs }],
    ["anything", { "users.info U1": hangs, "usergroups.users.list S1": hangs }],
  ])("is waited for for two seconds, in all, to say %s", async (_, answers) => {
    const { directory, clock } = aDirectory(answers);
    let failed: unknown;
    const asked = directory.askerOf(caller, ["S1"]).catch((error: unknown) => {
      failed = error;
    });
    await clock.advance(1_999);
    expect(failed).toBeUndefined();
    await clock.advance(1);
    await asked;
    expect(String(failed)).toContain("did not say in time");
  });

  it("is waited for for two seconds to say who reads a channel", async () => {
    const { directory, clock } = aDirectory({ "conversations.info C1": hangs });
    const asked = expect(directory.isShared("T1", "C1")).rejects.toThrow("did not say in time");
    await clock.advance(2_000);
    await asked;
  });

  it("and answers late has answered whoever asks next", async () => {
    const late = Promise.withResolvers<object>();
    const { directory, clock, asked } = aDirectory({ "users.info U1": late.promise });
    const first = expect(directory.askerOf(caller, [])).rejects.toThrow("did not say in time");
    await clock.advance(2_000);
    await first;
    late.resolve(user({}));
    expect(await directory.askerOf(caller, [])).toMatchObject({ kind: "member" });
    expect(asked).toEqual(["users.info U1"]);
  });
});

describe("whether others read a channel", () => {
  it.each([
    ["not of a plain one", { channel: { id: "C1", is_ext_shared: false } }, false],
    ["of one with another organisation", { channel: { id: "C1", is_ext_shared: true } }, true],
    ["of one with another workspace of the same organisation", { channel: { id: "C1", is_org_shared: true } }, true],
    ["of one that Slack calls shared, and says no more", { channel: { id: "C1", is_shared: true } }, true],
    ["of one that is about to be shared", { channel: { id: "C1", is_pending_ext_shared: true } }, true],
    ["of one that the bot cannot see", "channel_not_found", true],
  ])("is said %s", async (_, answer, expected) => {
    const { directory } = aDirectory({ "conversations.info C1": answer });
    expect(await directory.isShared("T1", "C1")).toBe(expected);
  });

  it("is nobody's guess where Slack fails", async () => {
    const { directory } = aDirectory({ "conversations.info C1": "internal_error" });
    await expect(directory.isShared("T1", "C1")).rejects.toThrow("internal_error");
  });
});
