import { describe, expect, it } from "vitest";
import { allowing, denying } from "../../../src/commands/rights/change.ts";
import { rankHeld } from "../../../src/commands/rights/granted.ts";
import type { Policy, Who } from "../../../src/commands/rights/policy.ts";
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
  const deny = (kept: string, grant: ReturnType<typeof wanted>, fixed = "") =>
    texts(
      denying(lines(kept), grant, (left) => rankHeld([...lines(fixed), ...left], grant.who, grant.project) >= rankOf(grant.role)),
    );

  it("takes the line away that gave it, and needs no other then", () => {
    expect(deny("allow U0BOB operator; allow U0EVE viewer", wanted("U0BOB", "viewer"))).toBe("allow U0EVE viewer");
  });

  it("adds a line where something else still gives it", () => {
    expect(deny("allow everyone viewer; allow U0BOB operator", wanted("U0BOB", "viewer"))).toBe(
      "allow everyone viewer; deny U0BOB",
    );
    expect(deny("", wanted("U0BOB", "operator", "prod_dw"), "allow U0BOB admin")).toBe("deny U0BOB operator on prod_dw");
  });

  it("keeps the stricter of two denials", () => {
    expect(deny("deny U0BOB", wanted("U0BOB", "operator"), "allow U0BOB admin")).toBe("deny U0BOB");
    expect(deny("deny U0BOB admin", wanted("U0BOB", "viewer"), "allow U0BOB admin")).toBe("deny U0BOB");
  });

  it("leaves a role below the one it takes", () => {
    expect(deny("allow U0BOB viewer", wanted("U0BOB", "operator"))).toBe("allow U0BOB viewer");
  });
});
