import { describe, expect, it } from "vitest";
import { stubMaker, stubModule } from "../../scripts/build/stub-module.ts";

type AnyModule = Record<string, unknown> & { default: { new (): object; (): unknown } };

/** Evaluates CommonJS. */
function evaluate(code: string, require: (name: string) => unknown = () => undefined): unknown {
  const module = { exports: undefined as unknown };
  new Function("module", "require", code)(module, require);
  return module.exports;
}

const aStub = (): AnyModule =>
  evaluate(stubModule({ specifier: "express", reason: "nobody serves HTTP" }, "maker"), () => evaluate(stubMaker)) as AnyModule;

describe("a module that is left out of a bundle", () => {
  it.each([
    ["reads one of its exports", (stub: AnyModule) => stub.Router, "Router"],
    ["calls it", (stub: AnyModule) => stub.default(), "called"],
    ["makes one", (stub: AnyModule) => new stub.default(), "constructed"],
    ["makes one of a class over it", (stub: AnyModule) => new (class extends stub.default {})(), "constructed"],
  ])("tells by name whoever %s", (_what, use, how) => {
    expect(() => use(aStub())).toThrow(`express is left out of this bundle (${how}): nobody serves HTTP`);
  });

  it("can be imported, passed on, compared with and awaited", async () => {
    const stub = aStub();
    const star = (mod: AnyModule) => (mod.__esModule === true ? mod : { default: mod });
    expect(star(stub)).toBe(stub);
    expect({} instanceof stub.default).toBe(false);
    expect(await stub).toBe(stub);
  });
});
