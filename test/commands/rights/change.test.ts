import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesGlob } from "../../../src/commands/glob.ts";
import { allowing, denying } from "../../../src/commands/rights/change.ts";
import type { Policy, Who } from "../../../src/commands/rights/policy.ts";
import { roleOfPerson } from "../../../src/commands/rights/policy.ts";
import { lineText, readPolicy, readWho } from "../../../src/commands/rights/policy-text.ts";
import type { Role } from "../../../src/commands/roles.ts";
import { rankOf } from "../../../src/commands/roles.ts";

const lines = (text: string): Policy => readPolicy(text).policy;
const who = (id: string): Who => readWho(id) ?? { kind: "everyone" };
const wanted = (id: string, role: Role, project = "*") => ({ who: who(id), role, project });
const texts = (policy: Policy) => policy.map(lineText).join("; ");

describe("allowing", () => {
  it.each([
    ["adds a line", "", wanted("U0BOB", "viewer"), "allow U0BOB viewer"],
    ["replaces what was said of the same", "allow U0BOB admin", wanted("U0BOB", "viewer"), "allow U0BOB viewer"],
    [
      "leaves other projects and people alone",
      "allow U0BOB admin on dev; allow U0EVE viewer",
      wanted("U0BOB", "viewer"),
      "allow U0BOB admin on dev; allow U0EVE viewer; allow U0BOB viewer",
    ],
    ["takes a denial away that stands against it", "deny U0BOB", wanted("U0BOB", "operator"), "allow U0BOB operator"],
    ["leaves one that does not", "deny U0BOB admin", wanted("U0BOB", "operator"), "deny U0BOB admin; allow U0BOB operator"],
  ])("%s", (_, kept, grant, expected) => {
    expect(texts(allowing(lines(kept), grant))).toBe(expected);
  });
});

describe("denying", () => {
  const deny = (kept: string, grant: ReturnType<typeof wanted>, fixed = "") => texts(denying(lines(kept), grant, lines(fixed)));

  it("takes the line away that gave it, and needs no other then", () => {
    expect(deny("allow U0BOB operator; allow U0EVE viewer", wanted("U0BOB", "viewer"))).toBe("allow U0EVE viewer");
  });

  it("adds a line where something else still gives it", () => {
    expect(deny("allow everyone viewer; allow U0BOB operator", wanted("U0BOB", "viewer"))).toBe(
      "allow everyone viewer; deny U0BOB",
    );
    expect(deny("", wanted("U0BOB", "operator", "prod_dw"), "allow U0BOB admin")).toBe("deny U0BOB operator on prod_dw");
  });

  it.each([
    ["in one project, which was said apart", "allow U0BOB operator on prod_dw", wanted("U0BOB", "viewer")],
    ["in a project of that glob", "allow U0BOB operator on prod_dw", wanted("U0BOB", "viewer", "prod_*")],
    ["in projects of which some are meant", "allow U0BOB operator on prod_*", wanted("U0BOB", "operator", "*_dw")],
    ["as one of a group", "allow S0DATA operator", wanted("U0BOB", "operator")],
    ["by themselves, who may be one of the group", "allow U0BOB operator", wanted("S0DATA", "viewer")],
    ["by themselves, who is one of all", "allow U0BOB operator", wanted("everyone", "operator", "payroll")],
    ["in a channel that was named", "allow C0GEN operator", wanted("channels", "operator", "payroll")],
    ["in that channel as in any", "allow channels operator", wanted("C0GEN", "operator")],
  ])("adds a line against what somebody may %s", (_, kept, grant) => {
    expect(deny(kept, grant)).toBe(`${kept}; ${lineText({ rule: "deny", ...grant })}`);
  });

  it.each([
    ["of another project", "allow U0BOB operator on dev", wanted("U0BOB", "viewer", "prod_*")],
    ["of somebody else", "allow U0EVE operator", wanted("U0BOB", "viewer")],
    ["of a lesser role", "allow everyone viewer", wanted("U0BOB", "operator")],
    ["of channels, where a person is meant", "allow channels operator", wanted("U0BOB", "viewer")],
    ["of another channel", "allow C0ACT operator", wanted("C0GEN", "viewer")],
  ])("adds none because of a line %s", (_, kept, grant) => {
    expect(deny(kept, grant)).toBe(kept);
  });

  it("leaves nobody what it takes, whoever they are and whatever the project is called", () => {
    const name = fc.constantFrom("U0BOB", "S0DATA", "everyone");
    const role = fc.constantFrom<Role>("viewer", "operator", "admin");
    const project = fc.constantFrom("*", "p*", "p?", "p1", "*1", "p1*", "dev");
    const line = fc.tuple(name, role, project).map(([w, r, p]) => `allow ${w} ${r} on ${p}`);
    const bob = { id: "U0BOB", groups: ["S0DATA"] };
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), name, role, project, (kept, w, r, p) => {
        const left = denying(lines(kept.join("\n")), wanted(w, r, p), []);
        for (const asked of ["p1", "p2", "p11", "dev"].filter((each) => matchesGlob(each, p))) {
          const held = roleOfPerson(left, bob, asked);
          expect(held === undefined ? 0 : rankOf(held)).toBeLessThan(rankOf(r));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keeps the stricter of two denials", () => {
    expect(deny("deny U0BOB", wanted("U0BOB", "operator"), "allow U0BOB admin")).toBe("deny U0BOB");
    expect(deny("deny U0BOB admin", wanted("U0BOB", "viewer"), "allow U0BOB admin")).toBe("deny U0BOB");
  });

  it("leaves a role below the one it takes", () => {
    expect(deny("allow U0BOB viewer", wanted("U0BOB", "operator"))).toBe("allow U0BOB viewer");
  });
});
