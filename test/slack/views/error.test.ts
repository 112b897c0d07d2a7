import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { blocksOf, buttonsOf, monospaceOf, wordsOf } from "../../support/blocks.ts";
import { anErrorView } from "../../support/views.ts";

const draw = (view: ReturnType<typeof anErrorView>) => render(view, { audience: "private" });

describe("an error", () => {
  const full = anErrorView({
    tone: "denied",
    title: "Not allowed.",
    detail: "`stop` needs operator, you are viewer.",
    next: "Ask an operator.",
    cause: { code: "NoPermission", requestId: "ABC123", message: "no privilege <!here>" },
    suggestions: [{ label: "Status", value: "text:status last" }],
  });

  it("says what, why, what next, and the ids to dig with", () => {
    expect(wordsOf(draw(full))).toMatchInlineSnapshot(`
      " 
      Not allowed.
      stop
       needs operator, you are viewer.
      Next
       
      Ask an operator.
      no privilege <!here>
      Status
      error id \`E-7F3K2\`
      \`NoPermission\`
      MaxCompute request \`ABC123\`"
    `);
  });

  it("says the same in the notification", () => {
    expect(draw(full).text).toBe("Not allowed. 'stop' needs operator, you are viewer. Ask an operator.");
  });

  it.each([
    ["denied", "no_entry"],
    ["mistake", "grey_question"],
    ["trouble", "warning"],
  ] as const)("of tone %s has the sign %s", (tone, name) => {
    expect(JSON.stringify(blocksOf(draw(anErrorView({ tone })), "rich_text")[0])).toContain(`"name":"${name}"`);
  });

  it("keeps the service's own words apart, clipped to 300 characters", () => {
    expect(monospaceOf(draw(full))).toEqual(["no privilege <!here>"]);
    expect(monospaceOf(draw(anErrorView({ cause: { message: "x".repeat(900) } })))[0]).toHaveLength(300);
  });

  it("offers what to do next", () => {
    expect(buttonsOf(draw(full)).map(({ label }) => label)).toEqual(["Status"]);
  });

  it("needs no more than a title and an id", () => {
    const words = wordsOf(draw(anErrorView()));
    expect(words).toContain("error id `E-7F3K2`");
    expect(words).not.toContain("Next");
  });
});
