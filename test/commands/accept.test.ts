import { describe, expect, it } from "vitest";
import type { DoorPorts, Incoming } from "../../src/commands/accept.ts";
import { createAccept } from "../../src/commands/accept.ts";
import { MaybeQueued } from "../../src/commands/maybe-queued.ts";
import type { FormOpener, Opening } from "../../src/commands/opening.ts";
import { opensNoForms } from "../../src/commands/opening.ts";
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

type Over = Partial<Pick<DoorPorts, "forms" | "shown" | "beside">>;

function aDoor(send: (request: CommandRequest) => Promise<void> = async () => undefined, over: Over = {}) {
  const sent: CommandRequest[] = [];
  const accept = createAccept({
    commands: commandSpecs,
    queue: {
      async send(request) {
        sent.push(request);
        await send(request);
      },
    },
    isOurs: ({ team }) => team === "T1",
    forms: opensNoForms,
    shown: async () => [],
    ...over,
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

  it("leaves the first command of somebody of another workspace to whoever refuses it on record, and refuses the next at once", async () => {
    const { accept, sent } = aDoor();
    const foreign = (user: string) => accept(incoming("list", { caller: { team: "T2", user } }));
    expect(await foreign("UEVE")).toMatchObject({ kind: "queued" });
    for (const _ of ["again", "and again"])
      expect(await foreign("UEVE")).toMatchObject({ kind: "answer", view: { tone: "denied" } });
    expect(await foreign("UADA")).toMatchObject({ kind: "queued" });
    expect(sent.map(({ caller }) => caller.user)).toEqual(["UEVE", "UADA"]);
  });

  it("leaves the rights of everybody here to whoever does what they ask", async () => {
    const { accept } = aDoor();
    for (const _ of ["once", "twice"]) expect(await accept(incoming("stop last"))).toMatchObject({ kind: "queued" });
  });
});

describe("a button that opens a form", () => {
  const at = { name: "form-E-X", id: "V1", hash: "h1" };
  const press = (over: Partial<Incoming> = {}) =>
    incoming("", { ask: { kind: "ref", verb: "filter", ref: "r1:E-1.0" }, origin: "button", trigger: "t1", ...over });

  function aFormDoor(opening: Opening, { busFails, sayFails }: { busFails?: Error; sayFails?: boolean } = {}) {
    const done: unknown[] = [];
    const forms: FormOpener = {
      async open(form, trigger, name) {
        done.push(["open", form.title, trigger, name]);
        return opening;
      },
      async say(where, view) {
        done.push(["say", where, view]);
        if (sayFails === true) throw new Error("Slack is away");
      },
    };
    const send = async () => {
      done.push(["send"]);
      if (busFails !== undefined) throw busFails;
    };
    return { ...aDoor(send, { forms }), done };
  }

  it("opens it before anything else, and puts what was opened on the queue", async () => {
    const { accept, sent, done } = aFormDoor({ kind: "open", at });
    expect(await accept(press())).toEqual({ kind: "modal", requestId: sent[0]?.id });
    expect(done).toEqual([["open", "Filter the result", "t1", `form-${sent[0]?.id}`], ["send"]]);
    expect(sent).toMatchObject([{ ask: { verb: "filter" }, replyTo: { form: at } }]);
  });

  it("that may or may not have opened is looked for by its name", async () => {
    const { accept, sent } = aFormDoor({ kind: "perhaps", at: { name: "form-E-X" } });
    expect(await accept(press())).toMatchObject({ kind: "modal" });
    expect(sent[0]?.replyTo.form).toEqual({ name: "form-E-X" });
  });

  it("that did not open is answered like any other button", async () => {
    const { accept, sent } = aFormDoor({ kind: "not open" });
    expect(await accept(press())).toMatchObject({ kind: "queued" });
    expect(sent[0]?.replyTo).not.toHaveProperty("form");
  });

  it("delivered again opens nothing and asks for nothing: the first delivery does", async () => {
    const { accept, sent } = aFormDoor({ kind: "repeated" });
    expect(await accept(press())).toMatchObject({ kind: "modal" });
    expect(sent).toEqual([]);
  });

  it("opens nothing for somebody of another workspace, for what was filled in, or without a trigger", async () => {
    const { accept, sent, done } = aFormDoor({ kind: "open", at });
    await accept(press({ caller: { team: "TOTHER", user: "U1" } }));
    await accept(press({ ask: { kind: "ref", verb: "filter", ref: "r1:E-1.0", flags: {} }, origin: "form" }));
    await accept(incoming("", { ask: { kind: "ref", verb: "filter", ref: "r1:E-1.0" }, origin: "button" }));
    expect(done).toEqual([["send"], ["send"], ["send"]]);
    expect(sent.map(({ replyTo }) => replyTo.form)).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ["refuses", new Error("no bus"), "Something broke on my side."],
    ["is silent", new MaybeQueued("E-X"), "Received as"],
  ])("has its form say so when the bus %s", async (_what, busFails, says) => {
    const { accept, done } = aFormDoor({ kind: "open", at }, { busFails });
    expect(await accept(press())).toMatchObject({ kind: "modal" });
    expect(done.at(-1)).toEqual(["say", at, expect.anything()]);
    expect(JSON.stringify(done.at(-1))).toContain(says);
  });

  it("is not acknowledged when neither the bus nor the form takes anything: the platform itself says that", async () => {
    const { accept } = aFormDoor({ kind: "open", at }, { busFails: new Error("no bus"), sayFails: true });
    await expect(accept(press())).rejects.toThrow("no bus");
  });

  it("survives an opener that breaks", async () => {
    const forms: FormOpener = { ...opensNoForms, open: () => Promise.reject(new Error("cannot be loaded")) };
    const { accept, sent } = aDoor(undefined, { forms });
    expect(await accept(press())).toMatchObject({ kind: "queued" });
    expect(sent).toHaveLength(1);
  });
});

describe("a button whose press may not have got through", () => {
  const stop = incoming("", { ask: { kind: "intent", intentId: "i1", press: "run" }, origin: "button" });

  it.each([
    ["is silent", new MaybeQueued("E-X"), "If nothing comes in a minute, it did not run."],
    ["refuses", new Error("no bus"), "Something broke on my side."],
  ])("has the word beside it when the bus %s, since Slack brings it no second time", async (_what, busFails, says) => {
    const said: unknown[] = [];
    const beside = async (...word: unknown[]) => void said.push(word);
    const { accept, sent } = aDoor(() => Promise.reject(busFails), { beside });
    expect(await accept(stop)).toMatchObject({ kind: "answer", requestId: sent[0]?.id });
    expect(said).toEqual([[sent[0], expect.anything()]]);
    expect(JSON.stringify(said)).toContain(says);
  });

  it("is not acknowledged when nothing can be said beside it either", async () => {
    const beside = () => Promise.reject(new Error("Slack is away"));
    const { accept } = aDoor(() => Promise.reject(new MaybeQueued("E-X")), { beside });
    await expect(accept(stop)).rejects.toThrow(MaybeQueued);
  });

  it("is the only one: an event comes again, and is answered then", async () => {
    const said: unknown[] = [];
    const { accept } = aDoor(() => Promise.reject(new MaybeQueued("E-X")), { beside: async (...word) => void said.push(word) });
    await expect(accept(incoming("list", { origin: "mention" }))).rejects.toThrow(MaybeQueued);
    expect(said).toEqual([]);
  });
});

describe("a form that comes back", () => {
  it("is put on the queue without the token of a link that was pasted into a field", async () => {
    const { accept, sent } = aDoor();
    const flags = { grep: "http://l.test/?i=20160519101349613gzbzufck2&token=S3CRET", cols: "a" };
    await accept(incoming("", { ask: { kind: "ref", verb: "filter", ref: "r1:E-1.0", flags }, origin: "form" }));
    expect(sent).toMatchObject([{ ask: { flags: { cols: "a", grep: expect.stringContaining("20160519101349613gzbzufck2") } } }]);
    expect(JSON.stringify(sent)).not.toContain("S3CRET");
  });
});

describe("a form that comes back when the bus is away", () => {
  it("is told so in the acknowledgement, which every platform shows in the form", async () => {
    const { accept } = aDoor(() => Promise.reject(new Error("no bus")));
    const submitted = incoming("", { ask: { kind: "ref", verb: "filter", ref: "r1:E-1.0", flags: {} }, origin: "form" });
    expect(await accept(submitted)).toMatchObject({ kind: "answer", view: { kind: "error" } });
  });
});

describe("a menu", () => {
  const row = { ref: "r1:E-1.0", instanceId: "20160519101349613gzbzufck2", status: "Running", waits: false };
  const typing = (typed: string, over: Partial<Incoming> = {}) =>
    incoming("", { ask: { kind: "menu", typed }, origin: "form", ...over });

  it("offers what this person was shown here and matches", async () => {
    const asked: unknown[] = [];
    const { accept, sent } = aDoor(undefined, {
      shown: async (...who) => {
        asked.push(who);
        return [row];
      },
    });
    expect(await accept(typing("zbzu"))).toMatchObject({ kind: "options", options: [row] });
    expect(await accept(typing("other"))).toMatchObject({ kind: "options", options: [] });
    expect(asked).toEqual(Array(2).fill([{ team: "T1", user: "U1" }, "C1"]));
    expect(sent).toEqual([]);
  });

  it("offers nothing, without a fuss, to somebody of another workspace and when the store cannot be read", async () => {
    const { accept } = aDoor(undefined, { shown: async () => [row] });
    expect(await accept(typing("", { caller: { team: "TOTHER", user: "U1" } }))).toMatchObject({ options: [] });
    const broken = aDoor(undefined, { shown: () => Promise.reject(new Error("away")) });
    expect(await broken.accept(typing(""))).toMatchObject({ kind: "options", options: [] });
  });
});
