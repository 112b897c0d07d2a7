import { describe, expect, it } from "vitest";
import { inAscii } from "../../scripts/build/in-ascii.ts";
import { withoutErrorClasses } from "../../scripts/build/sdk-errors-plugin.ts";

describe("what the build does to code", () => {
  it("writes every character beyond ASCII so that it means the same", () => {
    const code = "[`a · b`, /^…+$/u.test('……'), '😀'.length, /^[😀]$/u.test('😀')]";
    const escaped = inAscii(code);
    expect(escaped).toMatch(/^[\x20-\x7f]*$/);
    expect(new Function(`return ${escaped}`)()).toEqual(["a · b", true, 2, true]);
  });

  it("drops a service's error classes and keeps the base of them all", () => {
    const base = "export var S$ = [-3, _s, 'S', 0, [], []];\n_s_registry.registerError(S$, S);\n";
    const one = "export var A$ = [-3, n0, _A,\n    { [_e]: _c },\n    [_M],\n    [0]\n];\nn0_registry.registerError(A$, A);\n";
    const shape = "export var Shape$ = [3, n0, _S, 0, [_M], [0]];\n";
    expect(withoutErrorClasses(base + one + shape)).toBe(`${base}\n${shape}`);
    // But for one that is told from the others by its class.
    expect(withoutErrorClasses(base + one + shape, ["A"])).toBe(base + one + shape);
  });
});
