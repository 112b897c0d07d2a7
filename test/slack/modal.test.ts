import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkView } from "../../src/simulator/slack/index.ts";
import { formModal } from "../../src/slack/form-modal.ts";
import { loadingModal, viewNamed, wordsModal } from "../../src/slack/modal.ts";
import { render } from "../../src/slack/render.ts";
import type { FormView } from "../../src/view/index.ts";
import { views } from "../support/arbitraries.ts";
import { aLink, aNoticeView, anErrorView, aResultView } from "../support/views.ts";

const aForm = (form: Partial<FormView> = {}): FormView => ({
  kind: "form",
  form: "filter",
  title: "Filter the result",
  submit: "Show",
  link: aLink(),
  about: "Result of `t`",
  fields: [],
  command: "result",
  ...form,
});

describe("a modal", () => {
  it("that is loading has its title, a name to be found by, and says what to do when nothing comes", () => {
    const view = loadingModal({ name: "filter", title: "Filter the result" }, "form-E-1");
    expect(checkView(view)).toEqual([]);
    expect(view).toMatchObject({ title: { text: "Filter the result" }, external_id: "form-E-1" });
    expect(JSON.stringify(view)).toContain("press again");
  });

  it("of words holds what a modal may hold: no tables, and no buttons whose place nobody would know", () => {
    for (const view of [aResultView(), anErrorView(), aNoticeView()]) {
      const modal = wordsModal(render(view, { audience: "private" }));
      expect(checkView(modal)).toEqual([]);
      expect(modal.blocks.filter(({ type }) => type === "actions" || type === "data_table")).toEqual([]);
    }
  });

  it("of a form carries its reference and nothing else that could be trusted", () => {
    const view = formModal(aForm({ fields: [{ kind: "text", name: "grep", label: "Rows that contain", longest: 200 }] }));
    expect(view).toMatchObject({ callback_id: "form.filter", private_metadata: "r1:abc.0", submit: { text: "Show" } });
    expect(JSON.stringify(view)).not.toContain("demo_project");
  });

  it("of a form leaves out what there is nothing to choose for, and an initial choice that is none", () => {
    const fields: FormView["fields"] = [
      { kind: "some of", name: "cols", label: "Columns", options: [] },
      { kind: "one of", name: "none", label: "None", options: [], initial: "" },
      { kind: "one of", name: "limit", label: "Rows", options: [{ value: "5", label: "5" }], initial: "20" },
    ];
    const inputs = formModal(aForm({ fields })).blocks.filter(({ type }) => type === "input");
    expect(inputs).toHaveLength(1);
    expect(JSON.stringify(inputs)).not.toContain("initial_option");
  });

  it("of a form is one that Slack takes, whatever its columns are called", () => {
    const form = views.form.map((view) => ({
      ...view,
      link: aLink(),
      fields: view.fields.map((field, index) => ({
        ...field,
        name: `field${"abcdefghij"[index % 10]}${"klmnop"[Math.floor(index / 10)]}`,
      })),
    }));
    fc.assert(
      fc.property(form, (view) => {
        expect(checkView(formModal(view))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("is named by its id and what it showed, or by its name where only that is known", () => {
    expect(viewNamed({ name: "n", id: "V1", hash: "h" })).toEqual({ view_id: "V1", hash: "h" });
    expect(viewNamed({ name: "n" })).toEqual({ external_id: "n" });
  });
});
