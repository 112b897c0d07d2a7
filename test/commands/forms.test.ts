// Forms as people use them: a button opens one, what comes back is the command.
import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/registry.ts";
import type { View } from "../../src/view/index.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aTask, fakeMaxCompute, startedAt } from "../support/fake-maxcompute.ts";

const id = "20261122090000000gsuccess1";
const csv = (taskName: string, text: string) => ({ taskName, format: "csv", text });
const flowers = csv(
  "AnonymousSQLTask",
  '"name","si,ze","name"\n"Iris-setosa",1.5,"a"\n"Iris-virginica",\\N,"b"\n"Other",3,"c"\n',
);
const ended = (results: readonly ReturnType<typeof csv>[]) => ({
  instance: anInstance({ id, status: "Terminated", endTime: startedAt + 60_000 }),
  tasks: results.map(({ taskName }) => aTask({ name: taskName, status: "SUCCESS" })),
  results,
});

async function aCard(...results: ReturnType<typeof csv>[]) {
  const bot = aBot(fakeMaxCompute([ended(results)]));
  const card = await bot.answer("result", bot.type("vic", `result ${id}`));
  const ref = card.filterRef ?? "none";
  const press = (user = "vic", over = {}) => bot.doAs(user, { kind: "ref", verb: "filter", ref }, { trigger: "t1", ...over });
  const submit = (formRef: string, flags: Record<string, string>, user = "vic") =>
    bot.doAs(
      user,
      { kind: "ref", verb: "filter", ref: formRef, flags },
      { origin: "form", replyTo: { channel: user, direct: true, replaceable: false } },
    );
  return { ...bot, card, press, submit };
}
const only = (told: readonly { readonly view: View }[]): View =>
  told[0]?.view ?? { kind: "notice", text: "nothing", suggestions: [] };

describe("the form behind Filter", () => {
  it("offers the columns of the result by position, since names may repeat or hold commas", async () => {
    const { press, answer } = await aCard(flowers);
    const form = await answer("form", press());
    expect(form).toMatchObject({ form: "filter", title: "Filter the result", about: "Result of `AnonymousSQLTask`" });
    expect(form.fields.map(({ name, kind }) => [name, kind])).toEqual([
      ["cols", "some of"],
      ["grep", "text"],
      ["limit", "one of"],
      ["csv", "yes"],
    ]);
    expect(form.fields[0]).toMatchObject({
      options: [
        { value: "#1", label: "name" },
        { value: "#2", label: "si,ze" },
        { value: "#3", label: "name" },
      ],
    });
  });

  it("comes back as `result` with what was chosen", async () => {
    const { press, submit, answer, files } = await aCard(flowers);
    const { link } = await answer("form", press());
    const view = await answer("result", submit(link.ref, { cols: "#3,#2", grep: "iris", limit: "1", csv: "" }));
    expect(view.results).toMatchObject([{ columns: ["name", "si,ze"], rows: [["a", "1.5"]], rowCount: 2, totalRows: 3 }]);
    expect(files).toMatchObject([{ to: "vic", name: expect.stringMatching(/\.csv$/) }]);
  });

  it.each(['it\'s "quoted"', "--csv", "a=b", "&lt;", "“curly”", "-p other_project"])(
    "takes the text %j as it is",
    async (grep) => {
      const { press, submit, answer } = await aCard(csv("t", `"x"\n"${grep.replaceAll('"', '""')}"\n"y"\n`));
      const { link } = await answer("form", press());
      const view = await answer("result", submit(link.ref, { grep }));
      expect(view.results).toMatchObject([{ rows: [[grep]], rowCount: 1 }]);
    },
  );

  it("of one table among several results is about that one", async () => {
    const { press, submit, answer } = await aCard(csv("first", '"a"\n1\n'), csv("second", '"b"\n2\n'));
    const form = await answer("form", press());
    expect(form.about).toBe("Result of `first`");
    const { results } = await answer("result", submit(form.link.ref, { limit: "5" }));
    expect(results.map(({ taskName }) => taskName)).toEqual(["first"]);
  });

  it("is not offered where there are no rows, and says so when its button is old", async () => {
    const bot = aBot(fakeMaxCompute([ended([{ ...csv("t", "just words"), format: "text" }])]));
    const card = await bot.answer("result", bot.type("vic", `result ${id}`));
    expect(card).not.toHaveProperty("filterRef");
    const ask = { kind: "ref", verb: "filter", ref: card.link.ref } as const;
    const told = await bot.answer("error", bot.doAs("vic", ask, { trigger: "t1" }));
    expect(told.title).toContain("no rows to filter");
  });

  it("answers where it was opened, of which it says nothing itself", async () => {
    const { bot, press, submit, settle, told } = await aCard(flowers);
    const replies: string[] = [];
    const place = { channel: "prod-alerts", direct: false, replaceable: true, thread: "1.5", responseUrl: "https://r.test/1" };
    const form = only(await press("vic", { replyTo: place }));
    if (form.kind !== "form") throw new Error("a form");
    const before = told.length;
    await submit(form.link.ref, { limit: "5" });
    await settle();
    replies.push(...told.slice(before).map(({ to }) => to));
    expect(replies).toEqual(["vic"]);
    // Without the response_url: nothing that is kept for long holds one.
    const { responseUrl: _, ...kept } = place;
    expect(told.at(-1)?.at).toEqual({ ...kept, replaceable: false });
    expect(bot).toBeDefined();
  });

  it("that somebody else fills in is answered to them, where they are, with their rights", async () => {
    const { press, submit, told, type, answer } = await aCard(flowers);
    const form = only(await press("vic", { replyTo: { channel: "prod-alerts", direct: false, replaceable: false } }));
    if (form.kind !== "form") throw new Error("a form");
    expect(only(await submit(form.link.ref, {}, "bob"))).toMatchObject({ kind: "result" });
    expect(told.at(-1)).toMatchObject({ to: "bob", at: { channel: "bob", direct: true } });
    expect(only(await submit(form.link.ref, {}, "sam"))).toMatchObject({ kind: "error", tone: "denied" });
    expect(await answer("result", type("vic", `result ${id}`))).toBeDefined();
  });

  it.each([
    ["a reference that nobody made", "r1:E-FORGED01.7", {}, "This form has expired."],
    ["a flag that `result` has not", undefined, { delete: "" }, "`result` has no `--delete`."],
    ["a column that is not there", undefined, { cols: "#9" }, "There is no column `#9`."],
    ["too many rows", undefined, { limit: "100000" }, "100000"],
    ["another project", undefined, { project: "other" }, "`--project` is there twice."],
  ])("with %s is a mistake, told privately, and no more", async (_what, forged, flags, says) => {
    const { press, submit, told } = await aCard(flowers);
    const form = only(await press());
    if (form.kind !== "form") throw new Error("a form");
    const before = told.length;
    const view = only(await submit(forged ?? form.link.ref, flags as Record<string, string>));
    expect(view.kind).toBe("error");
    expect(JSON.stringify(view)).toContain(says);
    expect(told.length - before).toBe(1);
  });
});

describe("every form", () => {
  it("has a title that a modal takes, a command that fills it, and a name that is no verb", () => {
    for (const { form, fill } of commands) {
      expect(form === undefined).toBe(fill === undefined);
      if (form === undefined) continue;
      expect(form.title.length).toBeLessThanOrEqual(24);
      expect(form.name).toMatch(/^[a-z]{2,20}$/);
      expect(commands.flatMap(({ name, aliases }) => [name, ...aliases])).not.toContain(form.name);
    }
  });
});
