import { describe, expect, it } from "vitest";
import type { Incoming } from "../../src/commands/accept.ts";
import { createAccept } from "../../src/commands/accept.ts";
import { MaybeQueued } from "../../src/commands/maybe-queued.ts";
import { namedOperators } from "../../src/commands/policies.ts";
import { commands } from "../../src/commands/registry.ts";
import type { CommandRequest } from "../../src/commands/request.ts";
import { commandSpecs } from "../../src/commands/specs.ts";
import { silentLog } from "../../src/log.ts";

const incoming = (text: string, over: Partial<Incoming> = {}): Incoming => ({
  delivery: "d1",
  ask: { kind: "text", text },
  caller: { team: "T1", user: "U1" },
  replyTo: { channel: "C1", direct: false, replaceable: false },
  origin: "slash",
  ...over,
});

function aDoor(send: (request: CommandRequest) => Promise<void> = async () => undefined) {
  const sent: CommandRequest[] = [];
  const accept = createAccept({
    commands: commandSpecs,
    queue: {
      async send(request) {
        sent.push(request);
        await send(request);
      },
    },
    policy: namedOperators("T1", ["UOP"]),
    projectOf: () => "demo_project",
    now: () => 7,
    log: silentLog,
    version: "0",
  });
  return { accept, sent };
}

describe("the door of the deployed bot", () => {
  it("knows every command without its running", () => {
    expect(commandSpecs.map(({ name }) => name)).toEqual(commands.map(({ name }) => name));
    expect(commandSpecs.some((spec) => "run" in spec)).toBe(false);
  });

  it("puts a command on the queue, without the token of a pasted link", async () => {
    const { accept, sent } = aDoor();
    expect(await accept(incoming("status http://l.test/?i=20160519101349613gzbzufck2&token=S3CRET"))).toMatchObject({
      kind: "queued",
    });
    expect(sent).toMatchObject([{ requestedAt: 7, origin: "slash" }]);
    expect(JSON.stringify(sent)).not.toContain("S3CRET");
  });

  it.each([
    ["help", "help"],
    ["staus last", "error"],
    ["stop last", "error"],
  ])("answers %j in the acknowledgement", async (text, kind) => {
    const { accept, sent } = aDoor();
    expect(await accept(incoming(text))).toMatchObject({ kind: "answer", view: { kind } });
    expect(sent).toEqual([]);
  });

  it("says what it knows when the bus stays silent: perhaps", async () => {
    const { accept } = aDoor(async ({ id }) => Promise.reject(new MaybeQueued(id)));
    const accepted = await accept(incoming("list"));
    expect(accepted).toMatchObject({
      kind: "answer",
      view: { kind: "notice", text: expect.stringContaining(`Received as \`${accepted.requestId}\``) },
    });
  });

  it("says so when the command certainly did not get through", async () => {
    const { accept } = aDoor(async () => Promise.reject(new Error("no")));
    expect(await accept(incoming("list"))).toMatchObject({ kind: "answer", view: { kind: "error" } });
  });

  it("fails where Slack delivers again: an event that was not taken", async () => {
    const { accept } = aDoor(async () => Promise.reject(new Error("no")));
    await expect(accept(incoming("list", { origin: "mention" }))).rejects.toThrow("no");
  });

  it("gives people of other workspaces no role, and operators theirs", async () => {
    const { accept } = aDoor();
    expect(await accept(incoming("list", { caller: { team: "T2", user: "UOP" } }))).toMatchObject({
      kind: "answer",
      view: { tone: "denied" },
    });
    expect(await accept(incoming("stop last", { caller: { team: "T1", user: "UOP" } }))).toMatchObject({ kind: "queued" });
  });
});
