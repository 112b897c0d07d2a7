import { describe, expect, it } from "vitest";
import { maskedValue, maskingBy, masksIn, nothingMasked } from "../../src/commands/masking.ts";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import { render } from "../../src/slack/render.ts";
import type { ResultView } from "../../src/view/index.ts";
import { aBot, seeded } from "../support/a-bot.ts";
import { anInstance, aTask, type FakeInstance, fakeMaxCompute } from "../support/fake-maxcompute.ts";
import { contentOf } from "../support/files.ts";

const rules = readPolicy("mask phone, *_email on demo_* # customers\nmask * on prod_dw").policy;
const masking = maskingBy(masksIn(rules));

describe("masking rules", () => {
  it.each([
    ["demo_project", "phone", true],
    ["DEMO_PROJECT", "Phone", true],
    ["demo_project", "`phone`", true],
    ["demo_project", "orders.phone", true],
    ["demo_project", "work_EMAIL", true],
    ["demo_project", "email", false],
    ["demo_project", "telephone", false],
    ["demo_project", "phone_hash", false],
    ["prod_dw", "anything", true],
    ["other", "phone", false],
  ])("of %s mask %s: %s", (project, column, expected) => {
    expect(masking(project)(column)).toBe(expected);
  });

  it("say by name that a project has none", () => {
    expect(masking("other")).toBe(nothingMasked);
    expect(masking("demo_project")).not.toBe(nothingMasked);
  });
});

const instance = anInstance({ status: "Terminated" });
const tasks = [aTask({ status: "SUCCESS" })];
const table = "id,Phone,Phone\n1,13800001111,a\n2,\\N,b\n3,13800001112,13800001113\n";
const aResult = (text: string, format = "csv", more: object = {}): FakeInstance => ({
  instance,
  tasks,
  results: [{ taskName: "AnonymousSQLTask", format, text, ...more }],
});
const everything = (view: ResultView): string =>
  JSON.stringify([view.results, render(view, { audience: "private", timeZone: "UTC" })]);

async function show(text: string, of: FakeInstance = aResult(table), lines = rules) {
  const { type, answer } = aBot(fakeMaxCompute([of]), { policy: [...seeded, ...lines] });
  return answer("result", type("vic", `result ${instance.id} ${text}`));
}
const rowsOf = ({ results: [first] }: ResultView) => (first?.format === "table" ? first.rows : undefined);

describe("a result of a project with masking rules", () => {
  it("shows a constant in place of each value, NULL too, and says so", async () => {
    const view = await show("");
    expect(rowsOf(view)).toEqual([1, 2, 3].map((id) => [String(id), maskedValue, maskedValue]));
    const shown = everything(view);
    expect(shown).toContain("`Phone` masked by policy");
    expect(shown).not.toMatch(/1380000|NULL/);
  });

  it.each(["--cols phone", "--cols PHONE,id", "--cols #2", "--cols #3,#2"])("is not had otherwise by %s", async (flags) => {
    const view = await show(flags);
    expect(rowsOf(view)).toHaveLength(3);
    expect(everything(view)).not.toContain("1380000");
  });

  it("says nothing of masking where no masked column is shown", async () => {
    expect(everything(await show("--cols id"))).not.toContain("masked");
    expect(everything(await show("", aResult(table), []))).toContain("13800001111");
  });

  it("is not searched in masked columns, neither for what is in them nor for what stands there", async () => {
    expect(rowsOf(await show("--grep 13800001111"))).toEqual([]);
    expect(rowsOf(await show(`--grep ${maskedValue}`))).toEqual([]);
    expect(rowsOf(await show("--grep 3"))).toEqual([["3", maskedValue, maskedValue]]);
  });

  it.each(["--csv", "--json", "--csv --grep 1", "--csv --cols phone"])("is masked in a file as well (%s)", async (flags) => {
    const { files } = await show(flags);
    const content = await contentOf(files[0]);
    expect(content).toContain(maskedValue);
    expect(content).not.toContain("1380000");
  });

  describe("that is read through the tunnel", () => {
    const columns = [
      { name: "id", type: "bigint" },
      { name: "phone", type: "string" },
    ];
    const rows = [
      [1n, "13800001111"],
      [2n, null],
    ];
    const cut = {
      ...aResult("id,phone\n1,13800001111\n", "csv", { descriptor: { selectResultStatus: "TRUNCATED" } }),
      tunnel: { columns, rows },
    };

    it.each(["", "--csv", "--json", "--json --grep 2", "--csv --cols phone"])("is masked to its end (%s)", async (flags) => {
      const view = await show(flags, cut);
      expect(everything(view)).not.toContain("1380000");
      const content = await contentOf(view.files[0]);
      expect(content).toContain(maskedValue);
      expect(content).not.toMatch(/1380000|null/);
    });

    it("is not searched in masked columns", async () => {
      expect(await contentOf((await show("--csv --grep 1380", cut)).files[0])).toBe("id,phone\r\n");
    });
  });

  it("that is plain text is not shown, for its columns cannot be told apart", async () => {
    for (const flags of ["", "--csv"]) {
      const view = await show(flags, aResult("phone: 13800001111", "text"));
      expect(view.files).toEqual([]);
      expect(everything(view)).toContain("plain text");
      expect(everything(view)).not.toContain("1380000");
    }
    expect(everything(await show("", aResult("phone: 13800001111", "text"), []))).toContain("13800001111");
  });

  it("still tells why a task failed", async () => {
    const failed = { ...aResult("ODPS-0130131: no table", "text"), tasks: [aTask({ status: "FAILED" })] };
    expect(everything(await show("", failed))).toContain("ODPS-0130131");
  });
});

describe("the form that filters a result", () => {
  const hints = async (lines = rules) => {
    const { type, doAs, answer } = aBot(fakeMaxCompute([aResult(table)]), { policy: [...seeded, ...lines] });
    const { filterRef = "" } = await answer("result", type("vic", `result ${instance.id}`));
    const form = await answer("form", doAs("vic", { kind: "ref", ref: filterRef, verb: "filter" }));
    return JSON.stringify(form);
  };

  it("says that masked columns are not searched, where there are any", async () => {
    expect(await hints()).toContain("In any column that is not masked");
    expect(await hints()).not.toContain("1380000");
    expect(await hints([])).toContain("In any column;");
  });
});
