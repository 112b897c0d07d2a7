import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Person, Policy } from "../../../src/commands/rights/policy.ts";
import {
  budgetOf,
  isProduction,
  maskedIn,
  mayActAlone,
  roleOfPerson,
  roleOfPlace,
  whoHas,
} from "../../../src/commands/rights/policy.ts";
import { lineText, readPolicy } from "../../../src/commands/rights/policy-text.ts";

const policy = (text: string): Policy => {
  const { policy: lines, misread } = readPolicy(text);
  expect(misread).toEqual([]);
  return lines;
};
const bob: Person = { id: "U0BOB", groups: [] };
const carl: Person = { id: "U0CARL", groups: ["S0DATA"] };

describe("who may do what", () => {
  it.each([
    ["nobody, by an empty policy", "", bob, "prod_dw", undefined],
    ["a named person", "allow U0BOB operator", bob, "prod_dw", "operator"],
    ["only the named person", "allow U0BOB operator", carl, "prod_dw", undefined],
    ["somebody in a named group", "allow S0DATA viewer", carl, "prod_dw", "viewer"],
    ["everyone", "allow everyone viewer", bob, "prod_dw", "viewer"],
    ["the highest of several", "allow everyone viewer; allow U0BOB admin; allow U0BOB operator", bob, "p1", "admin"],
    ["only in the project that is named", "allow U0BOB operator on dev", bob, "prod_dw", undefined],
    ["in the projects of a glob", "allow U0BOB operator on prod_*", bob, "PROD_dw", "operator"],
    ["a denial outweighs an allowance", "allow U0BOB admin; deny U0BOB", bob, "p1", undefined],
    ["... whichever stands first", "deny U0BOB; allow U0BOB admin", bob, "p1", undefined],
    ["a denial of a role leaves those below it", "allow U0BOB admin; deny U0BOB operator", bob, "p1", "viewer"],
    ["a denial of a group holds for its people", "allow U0CARL admin; deny S0DATA on prod_*", carl, "prod_dw", undefined],
    ["... and nowhere else", "allow U0CARL admin; deny S0DATA on prod_*", carl, "dev", "admin"],
    ["in all of a glob's projects, of whoever is one in all of them", "allow U0BOB admin on prod_*", bob, "PROD_d*", "admin"],
    ["... and in no more of them than that", "allow U0BOB admin on prod_?", bob, "prod_*", undefined],
    ["... by a glob that is the same", "allow U0BOB admin on prod_?*", bob, "prod_?*", "admin"],
    ["a channel's line is no person's", "allow C0GEN admin; allow channels admin", bob, "p1", undefined],
  ])("is %s", (_, text, person, project, role) => {
    expect(roleOfPerson(policy(text), person, project)).toBe(role);
  });

  it.each([
    ["nothing, by an empty policy", "", false, undefined],
    ["as much as its line says", "allow C0GEN viewer", false, "viewer"],
    ["as much as all channels allow", "allow channels operator", false, "operator"],
    ["nothing by that, where another organisation reads", "allow channels operator", true, undefined],
    ["what its own line says, also there", "allow channels operator; allow C0GEN viewer", true, "viewer"],
    ["no more than a denial leaves", "allow channels operator; deny C0GEN operator", false, "viewer"],
    ["no more than a denial of all channels leaves, also there", "allow C0GEN admin; deny channels operator", true, "viewer"],
    ["nothing by a person's line", "allow everyone admin", false, undefined],
  ])("in a channel is %s", (_, text, isShared, role) => {
    expect(roleOfPlace(policy(text), { kind: "channel", id: "C0GEN", isShared }, "p1")).toBe(role);
  });

  it("is bounded by nothing in a direct message", () => {
    expect(roleOfPlace([], { kind: "direct" }, "p1")).toBe("admin");
  });

  it("names whom to ask, the narrowest first, without those who are denied", () => {
    const text =
      "allow everyone viewer; allow S0DATA operator; allow U0BOB operator on p1; allow U0EVE admin; deny U0EVE; allow C0GEN admin";
    expect(whoHas(policy(text), "operator", "p1")).toEqual([
      { kind: "user", id: "U0BOB" },
      { kind: "group", id: "S0DATA" },
    ]);
    expect(whoHas(policy(text), "operator", "p2")).toEqual([{ kind: "group", id: "S0DATA" }]);
    expect(whoHas(policy(`${text}; deny everyone operator on p2`), "operator", "p2")).toEqual([]);
  });

  it("knows production projects, who may stop alone there, masked columns and budgets", () => {
    const lines = policy(
      "production prod_*; alone S0DATA on prod_dw; mask phone, *_card on prod_*; budget operator 500; budget operator 20 on prod_dw",
    );
    expect([isProduction(lines, "prod_dw"), isProduction(lines, "dev")]).toEqual([true, false]);
    expect([mayActAlone(lines, carl, "prod_dw"), mayActAlone(lines, carl, "prod_x"), mayActAlone(lines, bob, "prod_dw")]).toEqual(
      [true, false, false],
    );
    expect([maskedIn(lines, "prod_dw"), maskedIn(lines, "dev")]).toEqual([["phone", "*_card"], []]);
    expect([
      budgetOf(lines, "operator", "prod_dw"),
      budgetOf(lines, "operator", "dev"),
      budgetOf(lines, "viewer", "dev"),
    ]).toEqual([20, 500, undefined]);
  });

  it("never grows by a line that denies, nor shrinks by one that allows", () => {
    const who = fc.constantFrom("U0BOB", "U0CARL", "S0DATA", "everyone", "channels", "C0GEN");
    const role = fc.constantFrom("viewer", "operator", "admin");
    const project = fc.constantFrom("*", "p*", "p1", "dev");
    const line = fc
      .tuple(fc.constantFrom("allow", "deny"), who, role, project)
      .map(([rule, w, r, p]) => `${rule} ${w} ${r} on ${p}`);
    const rank = (text: string) => ["viewer", "operator", "admin"].indexOf(roleOfPerson(policy(text), carl, "p1") ?? "");
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), who, role, project, (lines, w, r, p) => {
        const before = rank(lines.join("\n"));
        expect(rank([...lines, `deny ${w} ${r} on ${p}`].join("\n"))).toBeLessThanOrEqual(before);
        expect(rank([...lines, `allow ${w} ${r} on ${p}`].join("\n"))).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a policy as text", () => {
  it("is read with its comments, and written as it is read", () => {
    const text =
      "allow U0BOB operator on prod_*\nallow everyone viewer # all of us\n\ndeny U0EVE; deny S0DATA operator on payroll\nproduction prod_*\nalone S0DATA on prod_dw\nmask phone, *_card on prod_*\nbudget operator 500";
    const lines = policy(text).map(lineText);
    expect(lines).toEqual([
      "allow U0BOB operator on prod_*",
      "allow everyone viewer",
      "deny U0EVE",
      "deny S0DATA operator on payroll",
      "production prod_*",
      "alone S0DATA on prod_dw",
      "mask phone, *_card on prod_*",
      "budget operator 500",
    ]);
    expect(policy(lines.join(";")).map(lineText)).toEqual(lines);
  });

  it("takes mentions as Slack writes them", () => {
    expect(
      policy("allow <@U0BOB|bob> viewer; allow <!subteam^S0DATA|@data> operator; allow <#C0GEN|general> viewer").map(lineText),
    ).toEqual(["allow U0BOB viewer", "allow S0DATA operator", "allow C0GEN viewer"]);
  });

  it.each([
    ["allow bob operator", "is nobody"],
    ["allow U0BOB", "viewer, operator or admin"],
    ["allow U0BOB owner", "viewer, operator or admin"],
    ["allow U0BOB operator admin", "viewer, operator or admin"],
    ["allow U0BOB operator on 9;", "is no project"],
    ["permit U0BOB viewer", "begins with"],
    ["production", "one project"],
    ["alone C0GEN", "a person or a group"],
    ["mask", "columns"],
    ["budget operator lots", "a role and a number"],
    ["deny", "is nobody"],
  ])("does not take %j", (line, why) => {
    const { policy: lines, misread } = readPolicy(line);
    expect(lines).toEqual([]);
    expect(misread[0]?.why).toContain(why);
  });

  it("reads any text in the end, and never makes a line of what it does not understand", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const { policy: lines } = readPolicy(text);
        for (const line of lines) expect(readPolicy(lineText(line)).policy).toEqual([line]);
      }),
      { numRuns: 300 },
    );
  });
});
